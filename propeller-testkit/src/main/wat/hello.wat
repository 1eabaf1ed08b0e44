;; A WASI command: writes "hello, " and its first argument.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get"
    (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 32) "hello, ")
  (data (i32.const 48) "world")

  (func $length (param $text i32) (result i32)
    (local $end i32)
    (local.set $end (local.get $text))
    (block $found
      (loop $next
        (br_if $found (i32.eqz (i32.load8_u (local.get $end))))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (br $next)))
    (i32.sub (local.get $end) (local.get $text)))

  (func $write (param $text i32) (param $length i32)
    (i32.store (i32.const 16) (local.get $text))
    (i32.store (i32.const 20) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24))))

  ;; 0 and 4 hold the number of arguments and their size, 64 their addresses, 1024 their text.
  (func (export "_start")
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (call $write (i32.const 32) (i32.const 7))
    (if (i32.lt_u (i32.load (i32.const 0)) (i32.const 2))
      (then (call $write (i32.const 48) (i32.const 5)))
      (else
        (drop (call $args_get (i32.const 64) (i32.const 1024)))
        (call $write
          (i32.load (i32.const 68))
          (call $length (i32.load (i32.const 68))))))))
