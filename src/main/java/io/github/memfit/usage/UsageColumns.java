package io.github.memfit.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Growing columns of samples and marks in the order of arrival, and the sort that makes a history of them. */
final class UsageColumns {

    private long[] times = new long[16];
    private long[] bytes = new long[16];

    /** Stays empty while every sample is of the first replica. */
    private int[] replicas = new int[0];

    private int size;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final List<UsageMark> marks = new ArrayList<>();

    void add(long time, long value, String name) {
        UsageTime.check(time);
        UsageTime.checkBytes(value, time);
        int replica = index(name);
        if (size == times.length) {
            int capacity = Math.addExact(size, Math.max(16, size >> 1));
            times = Arrays.copyOf(times, capacity);
            bytes = Arrays.copyOf(bytes, capacity);
        }
        if (replica > 0 || replicas.length > 0) {
            if (replicas.length < times.length) {
                replicas = Arrays.copyOf(replicas, times.length);
            }
            replicas[size] = replica;
        }
        times[size] = time;
        bytes[size] = value;
        size++;
    }

    void add(UsageMark mark) {
        index(mark.replica());
        marks.add(mark);
    }

    private int index(String name) {
        Integer known = names.get(name);
        if (known != null) {
            return known;
        }
        names.put(name, names.size());
        return names.size() - 1;
    }

    UsageHistory toHistory() {
        List<UsageMark> sortedMarks = new ArrayList<>(marks);
        sortedMarks.sort(UsageMark.ORDER);
        List<String> sortedNames = new ArrayList<>(names.keySet());
        sortedNames.sort(null);
        int[] ranks = new int[size];
        if (sortedNames.size() > 1) {
            int[] rank = new int[names.size()];
            for (int i = 0; i < sortedNames.size(); i++) {
                rank[index(sortedNames.get(i))] = i;
            }
            for (int i = 0; i < size; i++) {
                ranks[i] = rank[i < replicas.length ? replicas[i] : 0];
            }
        }
        int[] order = order(ranks);
        long[] t = new long[size];
        long[] v = new long[size];
        int[] r = new int[sortedNames.size() > 1 ? size : 0];
        for (int i = 0; i < size; i++) {
            int from = order.length == 0 ? i : order[i];
            t[i] = times[from];
            v[i] = bytes[from];
            if (r.length > 0) {
                r[i] = ranks[from];
            }
        }
        return new UsageHistory(t, v, r, 0, size, List.copyOf(sortedNames), List.copyOf(sortedMarks));
    }

    /** The order by time, replica and bytes; empty if the samples are in order already. */
    private int[] order(int[] ranks) {
        boolean sorted = true;
        for (int i = 1; i < size && sorted; i++) {
            sorted = compare(ranks, i - 1, i) <= 0;
        }
        if (sorted) {
            return new int[0];
        }
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        sort(ranks, order, order.clone(), 0, size);
        return order;
    }

    /** A merge sort of indices: replicas that were added one after the other are runs, which it leaves alone. */
    private void sort(int[] ranks, int[] into, int[] spare, int low, int high) {
        if (high - low < 2) {
            return;
        }
        int middle = (low + high) >>> 1;
        sort(ranks, spare, into, low, middle);
        sort(ranks, spare, into, middle, high);
        if (compare(ranks, spare[middle - 1], spare[middle]) <= 0) {
            System.arraycopy(spare, low, into, low, high - low);
            return;
        }
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean fromLeft = right == high || left < middle && compare(ranks, spare[left], spare[right]) <= 0;
            into[i] = fromLeft ? spare[left++] : spare[right++];
        }
    }

    private int compare(int[] ranks, int a, int b) {
        int byTime = Long.compare(times[a], times[b]);
        if (byTime != 0) {
            return byTime;
        }
        int byReplica = Integer.compare(ranks[a], ranks[b]);
        return byReplica != 0 ? byReplica : Long.compare(bytes[a], bytes[b]);
    }
}
