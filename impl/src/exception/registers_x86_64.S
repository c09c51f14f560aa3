// Taking and restoring the registers of x86-64, and a copy that may fault.
//
// The offsets are those of CONTEXT in winmem/context.h; registers_x86_64.cc checks them.

#define ContextFlags 0x30
#define MxCsr 0x34
#define SegCs 0x38
#define SegDs 0x3a
#define SegEs 0x3c
#define SegFs 0x3e
#define SegGs 0x40
#define SegSs 0x42
#define EFlags 0x44
#define Rax 0x78
#define Rcx 0x80
#define Rdx 0x88
#define Rbx 0x90
#define Rsp 0x98
#define Rbp 0xa0
#define Rsi 0xa8
#define Rdi 0xb0
#define R8 0xb8
#define R9 0xc0
#define R10 0xc8
#define R11 0xd0
#define R12 0xd8
#define R13 0xe0
#define R14 0xe8
#define R15 0xf0
#define Rip 0xf8
#define FltSave 0x100
#define ContextSize 0x4d0
#define ContextAll 0x10000f

        .text

// Stores all but Rsp, Rip and EFlags in the CONTEXT at `base`. Changes no register and no flag.
        .macro SAVE_REGISTERS base
        movl    $ContextAll, ContextFlags(\base)
        stmxcsr MxCsr(\base)
        movw    %cs, SegCs(\base)
        movw    %ds, SegDs(\base)
        movw    %es, SegEs(\base)
        movw    %fs, SegFs(\base)
        movw    %gs, SegGs(\base)
        movw    %ss, SegSs(\base)
        movq    %rax, Rax(\base)
        movq    %rcx, Rcx(\base)
        movq    %rdx, Rdx(\base)
        movq    %rbx, Rbx(\base)
        movq    %rbp, Rbp(\base)
        movq    %rsi, Rsi(\base)
        movq    %rdi, Rdi(\base)
        movq    %r8, R8(\base)
        movq    %r9, R9(\base)
        movq    %r10, R10(\base)
        movq    %r11, R11(\base)
        movq    %r12, R12(\base)
        movq    %r13, R13(\base)
        movq    %r14, R14(\base)
        movq    %r15, R15(\base)
        fxsave  FltSave(\base)
        .endm

// void RtlCaptureContext(CONTEXT* context): the caller as it is when this returns.
        .globl  RtlCaptureContext
        .type   RtlCaptureContext, @function
RtlCaptureContext:
        .cfi_startproc
        endbr64
        pushfq
        .cfi_adjust_cfa_offset 8
        SAVE_REGISTERS %rdi
        popq    %rax
        .cfi_adjust_cfa_offset -8
        movl    %eax, EFlags(%rdi)
        leaq    8(%rsp), %rax
        movq    %rax, Rsp(%rdi)
        movq    (%rsp), %rax
        movq    %rax, Rip(%rdi)
        movq    Rax(%rdi), %rax
        ret
        .cfi_endproc
        .size   RtlCaptureContext, . - RtlCaptureContext

// void RaiseException(DWORD code, DWORD flags, DWORD count, const ULONG_PTR* arguments): takes the
// caller as it would be on return, lets winmem_dispatch_raise change that, and goes there.
        .globl  RaiseException
        .type   RaiseException, @function
        .globl  winmem_raise
        .hidden winmem_raise
        .type   winmem_raise, @function
RaiseException:
winmem_raise:
        .cfi_startproc
        endbr64
        pushfq
        .cfi_adjust_cfa_offset 8
        leaq    -ContextSize(%rsp), %rsp
        .cfi_adjust_cfa_offset ContextSize
        SAVE_REGISTERS %rsp
        movq    ContextSize(%rsp), %rax
        movl    %eax, EFlags(%rsp)
        movq    ContextSize+8(%rsp), %rax
        movq    %rax, Rip(%rsp)
        leaq    ContextSize+16(%rsp), %rax
        movq    %rax, Rsp(%rsp)
        movq    %rcx, %r8
        movl    %edx, %ecx
        movl    %esi, %edx
        movl    %edi, %esi
        movq    %rsp, %rdi
        call    winmem_dispatch_raise
        movq    %rsp, %rdi
        fxrstor FltSave(%rdi)
        // iretq takes its new place from here, not from the new stack: nothing there is overwritten.
        movl    %ss, %eax
        pushq   %rax
        .cfi_adjust_cfa_offset 8
        pushq   Rsp(%rdi)
        .cfi_adjust_cfa_offset 8
        movl    EFlags(%rdi), %eax
        pushq   %rax
        .cfi_adjust_cfa_offset 8
        movl    %cs, %eax
        pushq   %rax
        .cfi_adjust_cfa_offset 8
        pushq   Rip(%rdi)
        .cfi_adjust_cfa_offset 8
        movq    Rax(%rdi), %rax
        movq    Rcx(%rdi), %rcx
        movq    Rdx(%rdi), %rdx
        movq    Rbx(%rdi), %rbx
        movq    Rbp(%rdi), %rbp
        movq    Rsi(%rdi), %rsi
        movq    R8(%rdi), %r8
        movq    R9(%rdi), %r9
        movq    R10(%rdi), %r10
        movq    R11(%rdi), %r11
        movq    R12(%rdi), %r12
        movq    R13(%rdi), %r13
        movq    R14(%rdi), %r14
        movq    R15(%rdi), %r15
        movq    Rdi(%rdi), %rdi
        iretq
        .cfi_endproc
        .size   RaiseException, . - RaiseException
        .size   winmem_raise, . - winmem_raise

// DWORD winmem_guarded_copy(void* to, const void* from, size_t size): a fault between begin and end
// is the signal handler's to answer: it stores the status in eax and goes on at end.
        .globl  winmem_guarded_copy
        .hidden winmem_guarded_copy
        .type   winmem_guarded_copy, @function
        .globl  winmem_guarded_copy_begin
        .hidden winmem_guarded_copy_begin
        .globl  winmem_guarded_copy_end
        .hidden winmem_guarded_copy_end
winmem_guarded_copy:
        .cfi_startproc
        endbr64
        movq    %rdx, %rcx
        xorl    %eax, %eax
winmem_guarded_copy_begin:
        rep movsb
winmem_guarded_copy_end:
        ret
        .cfi_endproc
        .size   winmem_guarded_copy, . - winmem_guarded_copy

        .section .note.GNU-stack, "", @progbits
