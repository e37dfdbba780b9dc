/*
 * Runs a program in whose eyes ptrace(PTRACE_GETREGSET, pid, NT_X86_XSTATE) does not exist.
 *
 * User-Mode Linux 6.1 keeps a fixed-size buffer for the extended register state. On processors with a larger state (AMX),
 * the host refuses to set it back ("ptrace set fp regs failed, errno = 14") and the guest dies at its first process. UML
 * asks once at start whether the call exists and falls back to PTRACE_GETFPREGS if it does not. Upper halves of AVX
 * registers are then not kept across guest context switches: guests must run with AVX switched off (GLIBC_TUNABLES,
 * -XX:UseAVX=0).
 *
 * Usage: without-xstate PROGRAM [ARGUMENT...]
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define GETREGSET 0x4204
#define X86_XSTATE 0x202

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UNLESS_ALLOW(value, allow) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, allow)

int main(int argc, char **argv) {
    struct sock_filter code[] = {
        LOAD(arch), UNLESS_ALLOW(AUDIT_ARCH_X86_64, 7),
        LOAD(nr),   UNLESS_ALLOW(SYS_ptrace, 5),
        LOAD(args[0]), UNLESS_ALLOW(GETREGSET, 3),
        LOAD(args[2]), UNLESS_ALLOW(X86_XSTATE, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof code[0], code};

    if (argc < 2) {
        fprintf(stderr, "usage: %s PROGRAM [ARGUMENT...]\n", argv[0]);
        return 2;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        perror("seccomp");
        return 1;
    }
    execvp(argv[1], argv + 1);
    perror(argv[1]);
    return 127;
}
