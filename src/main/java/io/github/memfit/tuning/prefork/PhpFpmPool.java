package io.github.memfit.tuning.prefork;

import java.util.Optional;

/**
 * The process settings of a PHP-FPM pool.
 *
 * <p>Immutable and thread-safe.
 *
 * @param manager when children start and end
 * @param maxChildren {@code pm.max_children}
 * @param startServers {@code pm.start_servers}; 0 for PHP's own choice, half way between the spare counts
 * @param minSpare {@code pm.min_spare_servers}, for the dynamic manager
 * @param maxSpare {@code pm.max_spare_servers}, for the dynamic manager
 * @param idleSeconds {@code pm.process_idle_timeout}, for the on-demand manager
 * @since 0.1
 */
public record PhpFpmPool(
        PhpFpmManager manager, int maxChildren, int startServers, int minSpare, int maxSpare, int idleSeconds) {

    /** {@code pm.process_idle_timeout} if nothing is given. */
    public static final int USUAL_IDLE_SECONDS = 10;

    /**
     * A pool of that many children, a quarter to a half of them spare if the manager is dynamic.
     *
     * @param manager when children start and end
     * @param maxChildren how many at most, at least 1
     * @return settings that PHP-FPM accepts
     * @throws IllegalArgumentException if there is no child
     */
    public static PhpFpmPool of(PhpFpmManager manager, int maxChildren) {
        if (maxChildren < 1) {
            throw new IllegalArgumentException("a pool has a child at least, got " + maxChildren);
        }
        int least = Math.max(1, maxChildren / 4);
        int most = Math.max(least, maxChildren / 2);
        return new PhpFpmPool(manager, maxChildren, least + (most - least) / 2, least, most, USUAL_IDLE_SECONDS);
    }

    /**
     * What PHP-FPM says to these settings ({@code sapi/fpm/fpm/fpm_conf.c}, 8.2).
     *
     * @return its complaint, or empty if it accepts them
     */
    public Optional<String> complaint() {
        if (maxChildren < 1) {
            return Optional.of("pm.max_children must be a positive value");
        }
        if (manager == PhpFpmManager.DYNAMIC) {
            return dynamicComplaint();
        }
        return manager == PhpFpmManager.ONDEMAND && idleSeconds < 1
                ? Optional.of("pm.process_idle_timeout(" + idleSeconds + "s) must be greater than 0s")
                : Optional.empty();
    }

    private Optional<String> dynamicComplaint() {
        if (minSpare <= 0) {
            return Optional.of("pm.min_spare_servers(" + minSpare + ") must be a positive value");
        }
        if (maxSpare <= 0) {
            return Optional.of("pm.max_spare_servers(" + maxSpare + ") must be a positive value");
        }
        if (minSpare > maxChildren || maxSpare > maxChildren) {
            return Optional.of("pm.min_spare_servers(" + minSpare + ") and pm.max_spare_servers(" + maxSpare
                    + ") cannot be greater than pm.max_children(" + maxChildren + ")");
        }
        if (maxSpare < minSpare) {
            return Optional.of("pm.max_spare_servers(" + maxSpare + ") must not be less than pm.min_spare_servers("
                    + minSpare + ")");
        }
        int start = startServers > 0 ? startServers : minSpare + (maxSpare - minSpare) / 2;
        return start < minSpare || start > maxSpare
                ? Optional.of("pm.start_servers(" + start + ") must not be less than pm.min_spare_servers(" + minSpare
                        + ") and not greater than pm.max_spare_servers(" + maxSpare + ")")
                : Optional.empty();
    }

    /**
     * The settings as lines of a pool's configuration.
     *
     * @return the text, lines end with {@code \n}
     */
    public String toConfig() {
        StringBuilder text = new StringBuilder();
        text.append("pm = ").append(manager).append('\n');
        text.append("pm.max_children = ").append(maxChildren).append('\n');
        if (manager == PhpFpmManager.DYNAMIC) {
            text.append("pm.start_servers = ").append(startServers).append('\n');
            text.append("pm.min_spare_servers = ").append(minSpare).append('\n');
            text.append("pm.max_spare_servers = ").append(maxSpare).append('\n');
        } else if (manager == PhpFpmManager.ONDEMAND) {
            text.append("pm.process_idle_timeout = ").append(idleSeconds).append("s\n");
        }
        return text.toString();
    }
}
