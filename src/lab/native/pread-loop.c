/*
 * The floor that a reader is measured against: pread of kept-open files, nothing else.
 *
 * Usage: pread-loop MILLISECONDS FILE...
 * Prints, for each file, CPU nanoseconds per read (minimum and median over batches of 64 reads) and the bytes read.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64
#define MOST_BATCHES 2000000

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    static double batches[MOST_BATCHES];
    static char buffer[65536];
    double span;

    if (argc < 3 || (span = atof(argv[1]) * 1e6) <= 0) {
        fprintf(stderr, "usage: %s MILLISECONDS FILE...\n", argv[0]);
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        int fd = open(argv[i], O_RDONLY | O_CLOEXEC);
        ssize_t n = fd < 0 ? -1 : pread(fd, buffer, sizeof buffer, 0);
        int count = 0;
        double end;
        if (n < 0) {
            perror(argv[i]);
            return 1;
        }
        for (end = now(CLOCK_MONOTONIC) + span / 2; now(CLOCK_MONOTONIC) < end;) {
            n = pread(fd, buffer, sizeof buffer, 0);
        }
        for (end = now(CLOCK_MONOTONIC) + span; now(CLOCK_MONOTONIC) < end && count < MOST_BATCHES;) {
            double start = now(CLOCK_THREAD_CPUTIME_ID);
            for (int k = 0; k < BATCH; k++) {
                n = pread(fd, buffer, sizeof buffer, 0);
            }
            batches[count++] = (now(CLOCK_THREAD_CPUTIME_ID) - start) / BATCH;
        }
        qsort(batches, count, sizeof *batches, ascending);
        printf("%s min_ns %.1f median_ns %.1f bytes %zd\n", argv[i], batches[0], batches[count / 2], n);
        close(fd);
    }
    return 0;
}
