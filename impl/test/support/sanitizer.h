// Whether the tests run under a sanitizer that keeps a shadow of all memory.
#pragma once

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WINMEM_UNDER_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WINMEM_UNDER_SANITIZER 1
#endif
#ifndef WINMEM_UNDER_SANITIZER
#define WINMEM_UNDER_SANITIZER 0
#endif
