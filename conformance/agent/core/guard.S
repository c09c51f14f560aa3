// winmem_call(frame, function, arguments): calls a function with six integer arguments so that it can be left at any time.
// winmem_leave(frame): leaves it. Both for x86-64 (System V and Windows) and x86 (Linux and Windows).
//
// frame[0] becomes the stack pointer and frame[1] the address at which a thread continues that leaves the call: there the
// registers that a function must preserve are taken from the stack. An exception handler leaves by setting both in the
// context that it returns to; winmem_leave by doing the same itself.
//
// Six arguments are always passed: no function of the table has more, and none minds those that it does not look at.

#if defined(__i386__) && defined(_WIN32)
#define NAME(name) _##name
#else
#define NAME(name) name
#endif

  .text
  .globl NAME(winmem_call)
  .globl NAME(winmem_leave)

#if defined(__x86_64__) && defined(_WIN32)

  .def winmem_call; .scl 2; .type 32; .endef
  .seh_proc winmem_call
winmem_call:
  pushq %rbp
  .seh_pushreg %rbp
  pushq %rbx
  .seh_pushreg %rbx
  pushq %rdi
  .seh_pushreg %rdi
  pushq %rsi
  .seh_pushreg %rsi
  pushq %r12
  .seh_pushreg %r12
  pushq %r13
  .seh_pushreg %r13
  pushq %r14
  .seh_pushreg %r14
  pushq %r15
  .seh_pushreg %r15
  // 32 bytes for the callee's use, 16 for two arguments, 160 for ten vector registers, 8 to align.
  subq $216, %rsp
  .seh_stackalloc 216
  movaps %xmm6, 48(%rsp)
  .seh_savexmm %xmm6, 48
  movaps %xmm7, 64(%rsp)
  .seh_savexmm %xmm7, 64
  movaps %xmm8, 80(%rsp)
  .seh_savexmm %xmm8, 80
  movaps %xmm9, 96(%rsp)
  .seh_savexmm %xmm9, 96
  movaps %xmm10, 112(%rsp)
  .seh_savexmm %xmm10, 112
  movaps %xmm11, 128(%rsp)
  .seh_savexmm %xmm11, 128
  movaps %xmm12, 144(%rsp)
  .seh_savexmm %xmm12, 144
  movaps %xmm13, 160(%rsp)
  .seh_savexmm %xmm13, 160
  movaps %xmm14, 176(%rsp)
  .seh_savexmm %xmm14, 176
  movaps %xmm15, 192(%rsp)
  .seh_savexmm %xmm15, 192
  .seh_endprologue
  movq %rsp, (%rcx)
  leaq .Lresume(%rip), %rax
  movq %rax, 8(%rcx)
  movq %rdx, %rax
  movq %r8, %r10
  movq 32(%r10), %r11
  movq %r11, 32(%rsp)
  movq 40(%r10), %r11
  movq %r11, 40(%rsp)
  movq (%r10), %rcx
  movq 8(%r10), %rdx
  movq 16(%r10), %r8
  movq 24(%r10), %r9
  call *%rax
.Lresume:
  cld
  movaps 48(%rsp), %xmm6
  movaps 64(%rsp), %xmm7
  movaps 80(%rsp), %xmm8
  movaps 96(%rsp), %xmm9
  movaps 112(%rsp), %xmm10
  movaps 128(%rsp), %xmm11
  movaps 144(%rsp), %xmm12
  movaps 160(%rsp), %xmm13
  movaps 176(%rsp), %xmm14
  movaps 192(%rsp), %xmm15
  addq $216, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rsi
  popq %rdi
  popq %rbx
  popq %rbp
  ret
  .seh_endproc

winmem_leave:
  movq (%rcx), %rsp
  jmp *8(%rcx)

#elif defined(__x86_64__)

  .type winmem_call, @function
winmem_call:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  subq $8, %rsp
  movq %rsp, (%rdi)
  leaq .Lresume(%rip), %rax
  movq %rax, 8(%rdi)
  movq %rsi, %r11
  movq %rdx, %r10
  movq (%r10), %rdi
  movq 8(%r10), %rsi
  movq 16(%r10), %rdx
  movq 24(%r10), %rcx
  movq 32(%r10), %r8
  movq 40(%r10), %r9
  xorl %eax, %eax
  call *%r11
.Lresume:
  cld
  addq $8, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
  .size winmem_call, . - winmem_call

  .type winmem_leave, @function
winmem_leave:
  movq (%rdi), %rsp
  jmp *8(%rdi)
  .size winmem_leave, . - winmem_leave

#else  // x86: a callee may take its arguments from the stack (stdcall) or leave them (cdecl)

NAME(winmem_call):
  pushl %ebp
  movl %esp, %ebp
  pushl %ebx
  pushl %edi
  pushl %esi
#ifdef _WIN32
  // The list of exception handlers: a call that is left in the middle has put its own in front.
  pushl %fs:0
#else
  pushl $0
#endif
  movl 8(%ebp), %eax
  movl %esp, (%eax)
#if defined(__PIC__) && !defined(_WIN32)
  call 1f
1:popl %edx
  addl $(.Lresume - 1b), %edx
  movl %edx, 4(%eax)
#else
  movl $.Lresume, 4(%eax)
#endif
  movl 12(%ebp), %eax
  movl 16(%ebp), %edx  // eleven words since the caller's call: the arguments begin at a multiple of 16
  pushl 20(%edx)
  pushl 16(%edx)
  pushl 12(%edx)
  pushl 8(%edx)
  pushl 4(%edx)
  pushl (%edx)
  call *%eax
  leal -16(%ebp), %esp
.Lresume:
  cld
#ifdef _WIN32
  popl %fs:0
#else
  popl %ecx
#endif
  popl %esi
  popl %edi
  popl %ebx
  popl %ebp
  ret

NAME(winmem_leave):
  movl 4(%esp), %eax
  movl (%eax), %esp
  jmp *4(%eax)

#endif

#if defined(__ELF__)
  .section .note.GNU-stack, "", @progbits
#endif
