// For the thread sanitizer only. librdkafka makes its threads and locks with <threads.h>, whose
// functions this sanitizer does not know: its threads would crash in the sanitizer, and its locks
// would not count. Here they are by their POSIX names, which it does know; glibc's types are the
// same underneath. The executable's definitions win over the C library's.
#if defined(__SANITIZE_THREAD__)

#include <pthread.h>
#include <threads.h>

#include <bit>
#include <cerrno>
#include <cstdint>

namespace {

pthread_mutex_t* posix(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }
pthread_cond_t* posix(cnd_t* condition) { return reinterpret_cast<pthread_cond_t*>(condition); }
int result(int code) { return code == 0 ? thrd_success : thrd_error; }

struct Start {
  thrd_start_t function;
  void* argument;
};

void* run(void* start) {
  const Start copy = *static_cast<Start*>(start);
  delete static_cast<Start*>(start);
  return std::bit_cast<void*>(static_cast<std::intptr_t>(copy.function(copy.argument)));
}

}  // namespace

extern "C" {

// The library itself is not built for the sanitizer, which sees neither its atomics nor that a
// buffer changed hands with them. What it does inside is its own affair.
const char* __tsan_default_suppressions() { return "race:librdkafka.so\nmutex:librdkafka.so\n"; }

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
  return result(pthread_create(thread, nullptr, run, new Start{function, argument}));
}

int thrd_join(thrd_t thread, int* returned) {
  void* value = nullptr;
  const int code = pthread_join(thread, &value);
  if (returned != nullptr) *returned = static_cast<int>(std::bit_cast<std::intptr_t>(value));
  return result(code);
}

int mtx_init(mtx_t* mutex, int type) noexcept {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  const bool is_recursive = (type & mtx_recursive) != 0;
  pthread_mutexattr_settype(&attributes,
                            is_recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL);
  const int code = pthread_mutex_init(posix(mutex), &attributes);
  pthread_mutexattr_destroy(&attributes);
  return result(code);
}

void mtx_destroy(mtx_t* mutex) noexcept { pthread_mutex_destroy(posix(mutex)); }
int mtx_lock(mtx_t* mutex) { return result(pthread_mutex_lock(posix(mutex))); }
int mtx_unlock(mtx_t* mutex) noexcept { return result(pthread_mutex_unlock(posix(mutex))); }

int cnd_init(cnd_t* condition) noexcept {
  return result(pthread_cond_init(posix(condition), nullptr));
}
void cnd_destroy(cnd_t* condition) noexcept { pthread_cond_destroy(posix(condition)); }
int cnd_signal(cnd_t* condition) noexcept { return result(pthread_cond_signal(posix(condition))); }
int cnd_broadcast(cnd_t* condition) noexcept {
  return result(pthread_cond_broadcast(posix(condition)));
}
int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  return result(pthread_cond_wait(posix(condition), posix(mutex)));
}
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
  const int code = pthread_cond_timedwait(posix(condition), posix(mutex), until);
  return code == ETIMEDOUT ? thrd_timedout : result(code);
}

}  // extern "C"

#endif
