package io.github.memfit.kubernetes;

import io.github.memfit.unit.MalformedException;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Amounts by resource name: what stands under {@code requests}, {@code limits} or {@code overhead}. A name that is absent is
 * not the same as zero: defaulting fills the one and keeps the other. Immutable and thread-safe; value-based.
 *
 * {@snippet :
 * ResourceList.parse(Map.of("cpu", "500m", "memory", "512Mi")).memory(); // 512Mi
 * }
 *
 * @since 0.1
 */
public final class ResourceList implements Serializable {

    /** The name of processor time. */
    public static final String CPU = "cpu";

    /** The name of memory. */
    public static final String MEMORY = "memory";

    /** Nothing is named. */
    public static final ResourceList EMPTY = new ResourceList(new TreeMap<>());

    private static final long serialVersionUID = 1L;
    private static final String HUGE_PAGES = "hugepages-";

    /** The amounts by name, in the order of names. */
    @SuppressWarnings("serial")
    private final Map<String, Quantity> amounts;

    /** {@code cpu}, looked up once since every rule asks for it. */
    private final @Nullable Quantity cpu;

    /** {@code memory}, looked up once since every rule asks for it. */
    private final @Nullable Quantity memory;

    private ResourceList(TreeMap<String, Quantity> amounts) {
        this.amounts = Collections.unmodifiableMap(amounts);
        this.cpu = amounts.get(CPU);
        this.memory = amounts.get(MEMORY);
    }

    /**
     * Reads the amounts of a manifest or of any client that hands out strings.
     *
     * @param amounts resource name to quantity
     * @return the list
     * @throws MalformedException if a text is no quantity
     */
    public static ResourceList parse(Map<String, ? extends CharSequence> amounts) {
        TreeMap<String, Quantity> parsed = new TreeMap<>();
        amounts.forEach((name, text) -> {
            QuantityReading reading = QuantityReading.of(text);
            if (reading instanceof QuantityReading.Refused refused) {
                throw new MalformedException(
                        "quantity of " + name, 1, refused.index() + 1, refused.text(), refused.rule());
            }
            parsed.put(name, reading.orElseThrow());
        });
        return of(parsed);
    }

    /**
     * Given amounts.
     *
     * @param amounts resource name to quantity
     * @return the list
     */
    public static ResourceList of(Map<String, Quantity> amounts) {
        if (amounts.isEmpty()) {
            return EMPTY;
        }
        amounts.forEach((name, amount) -> {
            Objects.requireNonNull(name, "resource name");
            Objects.requireNonNull(amount, name);
        });
        return new ResourceList(new TreeMap<>(amounts));
    }

    /**
     * One amount.
     *
     * @param name the resource
     * @param amount how much
     * @return the list
     */
    public static ResourceList of(String name, Quantity amount) {
        return of(Map.of(name, amount));
    }

    /**
     * The amount of processor time.
     *
     * @return the amount, zero if it is not named
     */
    public Quantity cpu() {
        return cpu == null ? Quantity.ZERO : cpu;
    }

    /**
     * The amount of memory.
     *
     * @return the amount, zero if it is not named
     */
    public Quantity memory() {
        return memory == null ? Quantity.ZERO : memory;
    }

    /**
     * The amount of any resource.
     *
     * @param name the resource
     * @return the amount, empty if it is not named
     */
    public Optional<Quantity> find(String name) {
        return Optional.ofNullable(amounts.get(name));
    }

    /**
     * Is a resource named, even with zero?
     *
     * @param name the resource
     * @return true if named
     */
    public boolean names(String name) {
        return amounts.containsKey(name);
    }

    /**
     * Is nothing named?
     *
     * @return true if empty
     */
    public boolean isEmpty() {
        return amounts.isEmpty();
    }

    /**
     * All amounts by name, in the order of the names.
     *
     * @return an unmodifiable map
     */
    public Map<String, Quantity> asMap() {
        return amounts;
    }

    /**
     * This list with one amount set.
     *
     * @param name the resource
     * @param amount how much
     * @return the changed list
     */
    public ResourceList with(String name, Quantity amount) {
        TreeMap<String, Quantity> changed = new TreeMap<>(amounts);
        changed.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(amount, "amount"));
        return new ResourceList(changed);
    }

    /**
     * This list without one resource.
     *
     * @param name the resource
     * @return the changed list
     */
    public ResourceList without(String name) {
        if (!amounts.containsKey(name)) {
            return this;
        }
        TreeMap<String, Quantity> changed = new TreeMap<>(amounts);
        changed.remove(name);
        return of(changed);
    }

    /**
     * This list with what another names and this one does not.
     *
     * @param defaults the other
     * @return the filled list
     */
    public ResourceList orElse(ResourceList defaults) {
        if (defaults.isEmpty()) {
            return this;
        }
        TreeMap<String, Quantity> filled = new TreeMap<>(defaults.amounts);
        filled.putAll(amounts);
        return new ResourceList(filled);
    }

    /**
     * The sum by resource.
     *
     * @param added what to add
     * @return the sum; named is what either names
     */
    public ResourceList plus(ResourceList added) {
        if (added.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return added;
        }
        TreeMap<String, Quantity> sum = new TreeMap<>(amounts);
        added.amounts.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
        return new ResourceList(sum);
    }

    /**
     * The larger by resource.
     *
     * @param candidate the other
     * @return the maximum; named is what either names
     */
    public ResourceList max(ResourceList candidate) {
        if (candidate.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return candidate;
        }
        TreeMap<String, Quantity> larger = new TreeMap<>(amounts);
        candidate.amounts.forEach((name, amount) -> larger.merge(name, amount, Quantity::max));
        return new ResourceList(larger);
    }

    ResourceList mapped(UnaryOperator<Quantity> change) {
        if (isEmpty()) {
            return this;
        }
        TreeMap<String, Quantity> changed = new TreeMap<>(amounts);
        changed.replaceAll((name, amount) -> change.apply(amount));
        return new ResourceList(changed);
    }

    /** May a resource stand at pod level: cpu, memory and huge pages may. */
    static boolean isPodLevel(String name) {
        return name.equals(CPU) || name.equals(MEMORY) || isHugePages(name);
    }

    static boolean isHugePages(String name) {
        return name.startsWith(HUGE_PAGES);
    }

    boolean namesPodLevelResource() {
        if (cpu != null || memory != null) {
            return true;
        }
        for (String name : amounts.keySet()) {
            if (isPodLevel(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceList that && amounts.equals(that.amounts);
    }

    @Override
    public int hashCode() {
        return amounts.hashCode();
    }

    /** {@code {cpu=500m, memory=1Gi}}, cut to 200 characters. */
    @Override
    public String toString() {
        String text = amounts.toString();
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
