// Taking and restoring the registers of x86, and a copy that may fault.
//
// The offsets are those of CONTEXT in winmem/context.h; registers_i386.cc checks them.

#define ContextFlags 0x00
#define FloatSave 0x1c
#define SegGs 0x8c
#define SegFs 0x90
#define SegEs 0x94
#define SegDs 0x98
#define Edi 0x9c
#define Esi 0xa0
#define Ebx 0xa4
#define Edx 0xa8
#define Ecx 0xac
#define Eax 0xb0
#define Ebp 0xb4
#define Eip 0xb8
#define SegCs 0xbc
#define EFlags 0xc0
#define Esp 0xc4
#define SegSs 0xc8
#define ExtendedRegisters 0xcc
#define ContextSize 0x2cc
#define ContextFull 0x10007
#define ContextAll 0x1002f

        .text

        .macro SAVE_SEGMENT name, place
        movl    %\name, %eax
        movl    %eax, \place
        .endm

// Stores Eax, Ebx, Edx, Esi, Edi and the segments in the CONTEXT at at(base). Changes Eax and no
// flag.
        .macro SAVE_REGISTERS at, base
        movl    %eax, \at+Eax(\base)
        movl    %ebx, \at+Ebx(\base)
        movl    %edx, \at+Edx(\base)
        movl    %esi, \at+Esi(\base)
        movl    %edi, \at+Edi(\base)
        SAVE_SEGMENT gs, \at+SegGs(\base)
        SAVE_SEGMENT fs, \at+SegFs(\base)
        SAVE_SEGMENT es, \at+SegEs(\base)
        SAVE_SEGMENT ds, \at+SegDs(\base)
        SAVE_SEGMENT cs, \at+SegCs(\base)
        SAVE_SEGMENT ss, \at+SegSs(\base)
        .endm

// void RtlCaptureContext(CONTEXT* context): the caller as it is when this returns; without the
// registers of the floating-point unit, which need a place that is aligned.
        .globl  RtlCaptureContext
        .type   RtlCaptureContext, @function
RtlCaptureContext:
        .cfi_startproc
        endbr32
        pushfl
        .cfi_adjust_cfa_offset 4
        pushl   %ecx
        .cfi_adjust_cfa_offset 4
        movl    12(%esp), %ecx
        SAVE_REGISTERS 0, %ecx
        movl    $ContextFull, ContextFlags(%ecx)
        movl    %ebp, Ebp(%ecx)
        popl    Ecx(%ecx)
        .cfi_adjust_cfa_offset -4
        popl    EFlags(%ecx)
        .cfi_adjust_cfa_offset -4
        leal    4(%esp), %eax
        movl    %eax, Esp(%ecx)
        movl    (%esp), %eax
        movl    %eax, Eip(%ecx)
        movl    Eax(%ecx), %eax
        movl    Ecx(%ecx), %ecx
        ret
        .cfi_endproc
        .size   RtlCaptureContext, . - RtlCaptureContext

// What RaiseException has on the stack: the arguments of winmem_dispatch_raise; the context, so
// that its ExtendedRegisters are aligned to 16 bytes, as fxsave wants it; and some room, for a
// handler that pushes a few words on the stack of the caller.
#define Context 20
#define Room 64

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
        endbr32
        pushfl
        .cfi_adjust_cfa_offset 4
        pushl   %ebp
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset %ebp, 0
        movl    %esp, %ebp
        .cfi_def_cfa_register %ebp
        leal    -(Context+ContextSize+Room)(%esp), %esp
        andl    $-16, %esp
        SAVE_REGISTERS Context, %esp
        movl    $ContextAll, Context+ContextFlags(%esp)
        movl    %ecx, Context+Ecx(%esp)
        movl    (%ebp), %eax
        movl    %eax, Context+Ebp(%esp)
        movl    4(%ebp), %eax
        movl    %eax, Context+EFlags(%esp)
        movl    8(%ebp), %eax
        movl    %eax, Context+Eip(%esp)
        leal    12(%ebp), %eax
        movl    %eax, Context+Esp(%esp)
        fxsave  Context+ExtendedRegisters(%esp)
        fnsave  Context+FloatSave(%esp)
        frstor  Context+FloatSave(%esp)
        leal    Context(%esp), %eax
        movl    %eax, (%esp)
        movl    12(%ebp), %eax
        movl    %eax, 4(%esp)
        movl    16(%ebp), %eax
        movl    %eax, 8(%esp)
        movl    20(%ebp), %eax
        movl    %eax, 12(%esp)
        movl    24(%ebp), %eax
        movl    %eax, 16(%esp)
        call    winmem_dispatch_raise
        // Each has the registers of the floating-point unit: FloatSave counts for those.
        fxrstor Context+ExtendedRegisters(%esp)
        frstor  Context+FloatSave(%esp)
        // The last two registers come from the new stack, where what lies below its pointer belongs
        // to nobody.
        leal    Context(%esp), %ecx
        movl    Esp(%ecx), %eax
        movl    Eip(%ecx), %edx
        movl    %edx, -4(%eax)
        movl    EFlags(%ecx), %edx
        movl    %edx, -8(%eax)
        movl    Ecx(%ecx), %edx
        movl    %edx, -12(%eax)
        movl    Ebx(%ecx), %ebx
        movl    Edx(%ecx), %edx
        movl    Esi(%ecx), %esi
        movl    Edi(%ecx), %edi
        movl    Ebp(%ecx), %ebp
        movl    Eax(%ecx), %ecx
        leal    -12(%eax), %esp
        movl    %ecx, %eax
        popl    %ecx
        popfl
        ret
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
        endbr32
        pushl   %esi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset %esi, 0
        pushl   %edi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset %edi, 0
        movl    12(%esp), %edi
        movl    16(%esp), %esi
        movl    20(%esp), %ecx
        xorl    %eax, %eax
winmem_guarded_copy_begin:
        rep movsb
winmem_guarded_copy_end:
        popl    %edi
        .cfi_adjust_cfa_offset -4
        .cfi_restore %edi
        popl    %esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore %esi
        ret
        .cfi_endproc
        .size   winmem_guarded_copy, . - winmem_guarded_copy

        .section .note.GNU-stack, "", @progbits
