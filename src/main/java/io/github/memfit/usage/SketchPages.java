package io.github.memfit.usage;

import java.util.Arrays;

/** Weights by bucket, sparse: pages of four buckets, and an index from the lowest page in use to the highest. */
final class SketchPages {

    private static final int SHIFT = 2;
    private static final int SIZE = 1 << SHIFT;
    private static final short[] NONE = {};
    private static final double[] NOTHING = {};

    /** The page of the first entry of the index. */
    private int base;

    /** Where a page lies in the weights, in pages; -1 for a page without weight. */
    private short[] index = NONE;

    private double[] weights = NOTHING;

    void add(int bucket, double weight) {
        int page = (bucket >> SHIFT) - base;
        if (page >= 0 && page < index.length) {
            int place = index[page];
            if (place >= 0) {
                weights[(place << SHIFT) + (bucket & SIZE - 1)] += weight;
                return;
            }
        }
        if (weight > 0) {
            addPage(bucket, weight);
        }
    }

    private void addPage(int bucket, double weight) {
        int page = bucket >> SHIFT;
        if (index.length == 0) {
            base = page;
            index = new short[] {-1};
        } else if (page < base) {
            short[] wider = new short[index.length + (base - page)];
            Arrays.fill(wider, (short) -1);
            System.arraycopy(index, 0, wider, base - page, index.length);
            index = wider;
            base = page;
        } else if (page - base >= index.length) {
            int length = index.length;
            index = Arrays.copyOf(index, page - base + 1);
            Arrays.fill(index, length, index.length, (short) -1);
        }
        int place = weights.length >> SHIFT;
        weights = Arrays.copyOf(weights, weights.length + SIZE);
        weights[(place << SHIFT) + (bucket & SIZE - 1)] = weight;
        index[page - base] = (short) place;
    }

    double weight(int bucket) {
        int page = (bucket >> SHIFT) - base;
        int place = page >= 0 && page < index.length ? index[page] : -1;
        return place < 0 ? 0 : weights[(place << SHIFT) + (bucket & SIZE - 1)];
    }

    double total() {
        // From the lowest bucket up, so that equal content has an equal total, whichever page came first.
        double total = 0;
        int end = end();
        for (int bucket = first(); bucket < end; bucket++) {
            total += weight(bucket);
        }
        return total;
    }

    double heaviest() {
        double heaviest = 0;
        for (double weight : weights) {
            heaviest = Math.max(heaviest, weight);
        }
        return heaviest;
    }

    /** Is there no page, and so no weight? */
    boolean isEmpty() {
        return weights.length == 0;
    }

    /** The first bucket that may have weight. */
    int first() {
        return base << SHIFT;
    }

    /** The first bucket above all that may have weight. */
    int end() {
        return base + index.length << SHIFT;
    }

    SketchPages copy() {
        SketchPages copy = new SketchPages();
        copy.base = base;
        copy.index = index.length == 0 ? NONE : index.clone();
        copy.weights = weights.length == 0 ? NOTHING : weights.clone();
        return copy;
    }

    /** The same weights times a power of two; what becomes zero is left out. */
    SketchPages scaled(double factor) {
        SketchPages scaled = new SketchPages();
        scaled.addAll(this, factor);
        return scaled;
    }

    void addAll(SketchPages other, double factor) {
        int end = other.end();
        for (int bucket = other.first(); bucket < end; bucket++) {
            add(bucket, other.weight(bucket) * factor);
        }
    }
}
