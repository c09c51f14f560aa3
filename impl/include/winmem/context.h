// The registers of a thread, laid out as on Windows: 1,232 bytes on x64, 716 on x86.
#ifndef WINMEM_CONTEXT_H
#define WINMEM_CONTEXT_H

#include "types.h"

#if defined(__x86_64__)

#define CONTEXT_AMD64 0x00100000u
#define CONTEXT_CONTROL (CONTEXT_AMD64 | 0x1u)         // SegSs, Rsp, SegCs, Rip, EFlags
#define CONTEXT_INTEGER (CONTEXT_AMD64 | 0x2u)         // Rax, Rcx, Rdx, Rbx, Rbp, Rsi, Rdi, R8-R15
#define CONTEXT_SEGMENTS (CONTEXT_AMD64 | 0x4u)        // read only
#define CONTEXT_FLOATING_POINT (CONTEXT_AMD64 | 0x8u)  // FltSave, MxCsr
#define CONTEXT_FULL (CONTEXT_CONTROL | CONTEXT_INTEGER | CONTEXT_FLOATING_POINT)

typedef struct __attribute__((aligned(16))) _M128A {
  ULONGLONG Low;
  LONGLONG High;
} M128A, *PM128A;

// What the instruction fxsave stores, 512 bytes.
typedef struct __attribute__((aligned(16))) _XSAVE_FORMAT {
  WORD ControlWord;
  WORD StatusWord;
  BYTE TagWord;
  BYTE Reserved1;
  WORD ErrorOpcode;
  DWORD ErrorOffset;
  WORD ErrorSelector;
  WORD Reserved2;
  DWORD DataOffset;
  WORD DataSelector;
  WORD Reserved3;
  DWORD MxCsr;
  DWORD MxCsr_Mask;
  M128A FloatRegisters[8];
  M128A XmmRegisters[16];
  BYTE Reserved4[96];
} XSAVE_FORMAT, XMM_SAVE_AREA32;

typedef struct __attribute__((aligned(16))) _CONTEXT {
  DWORD64 P1Home, P2Home, P3Home, P4Home, P5Home, P6Home;
  DWORD ContextFlags;  // which of the groups above are there, and are taken back
  DWORD MxCsr;
  WORD SegCs, SegDs, SegEs, SegFs, SegGs, SegSs;
  DWORD EFlags;
  DWORD64 Dr0, Dr1, Dr2, Dr3, Dr6, Dr7;
  DWORD64 Rax, Rcx, Rdx, Rbx, Rsp, Rbp, Rsi, Rdi;
  DWORD64 R8, R9, R10, R11, R12, R13, R14, R15;
  DWORD64 Rip;
  XMM_SAVE_AREA32 FltSave;
  M128A VectorRegister[26];
  DWORD64 VectorControl;
  DWORD64 DebugControl;
  DWORD64 LastBranchToRip, LastBranchFromRip;
  DWORD64 LastExceptionToRip, LastExceptionFromRip;
} CONTEXT, *PCONTEXT;

#elif defined(__i386__)

#define CONTEXT_i386 0x00010000u
#define CONTEXT_CONTROL (CONTEXT_i386 | 0x1u)         // SegSs, Esp, SegCs, Eip, EFlags, Ebp
#define CONTEXT_INTEGER (CONTEXT_i386 | 0x2u)         // Eax, Ebx, Ecx, Edx, Esi, Edi
#define CONTEXT_SEGMENTS (CONTEXT_i386 | 0x4u)        // read only
#define CONTEXT_FLOATING_POINT (CONTEXT_i386 | 0x8u)  // FloatSave
#define CONTEXT_EXTENDED_REGISTERS (CONTEXT_i386 | 0x20u)
#define CONTEXT_FULL (CONTEXT_CONTROL | CONTEXT_INTEGER | CONTEXT_SEGMENTS)

// What the instruction fnsave stores, and one word of Windows' own.
typedef struct _FLOATING_SAVE_AREA {
  DWORD ControlWord, StatusWord, TagWord;
  DWORD ErrorOffset, ErrorSelector, DataOffset, DataSelector;
  BYTE RegisterArea[80];
  DWORD Spare0;
} FLOATING_SAVE_AREA;

typedef struct _CONTEXT {
  DWORD ContextFlags;  // which of the groups above are there, and are taken back
  DWORD Dr0, Dr1, Dr2, Dr3, Dr6, Dr7;
  FLOATING_SAVE_AREA FloatSave;
  DWORD SegGs, SegFs, SegEs, SegDs;
  DWORD Edi, Esi, Ebx, Edx, Ecx, Eax;
  DWORD Ebp, Eip, SegCs, EFlags, Esp, SegSs;
  BYTE ExtendedRegisters[512];
} CONTEXT, *PCONTEXT;

#else
#error "winmem knows the registers of x86-64 and x86 only"
#endif

#endif
