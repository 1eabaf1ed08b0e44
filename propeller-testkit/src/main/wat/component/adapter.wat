;; WASI preview 1, as far as the shim has it, by means of WASI 0.2; and "run", which runs the command.
(module
  (import "command" "memory" (memory 0))
  (import "command" "_start" (func $start))
  (import "allocator" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
  (import "shim" "table" (table 4 funcref))
  (import "wasi" "get-stdout" (func $get_stdout (result i32)))
  (import "wasi" "get-environment" (func $get_environment (param i32)))
  (import "wasi" "write" (func $write (param i32 i32 i32 i32)))
  (elem (i32.const 0) $fd_write $environ_sizes_get $environ_get $args_sizes_get)

  (global $scratch (mut i32) (i32.const 0))   ;; 16 bytes for what calls return
  (global $stdout (mut i32) (i32.const 0))
  (global $variables (mut i32) (i32.const 0)) ;; of each: address and length of name and of value
  (global $count (mut i32) (i32.const 0))

  ;; Writes to the output, of which one call takes 4,096 bytes at most; returns an errno.
  (func $put (param $bytes i32) (param $length i32) (result i32)
    (local $piece i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $length)))
        (local.set $piece
          (select
            (local.get $length)
            (i32.const 4096)
            (i32.lt_u (local.get $length) (i32.const 4096))))
        (call $write
          (global.get $stdout)
          (local.get $bytes)
          (local.get $piece)
          (global.get $scratch))
        (if (i32.load8_u (global.get $scratch))
          (then (return (i32.const 29))))                    ;; EIO
        (local.set $bytes (i32.add (local.get $bytes) (local.get $piece)))
        (local.set $length (i32.sub (local.get $length) (local.get $piece)))
        (br $next)))
    (i32.const 0))

  (func $fd_write
    (param $file i32) (param $vectors i32) (param $count i32) (param $written i32) (result i32)
    (local $sum i32) (local $errno i32)
    (if (i32.ne (local.get $file) (i32.const 1))
      (then (return (i32.const 8))))                         ;; EBADF
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $errno
          (call $put (i32.load (local.get $vectors)) (i32.load offset=4 (local.get $vectors))))
        (if (local.get $errno)
          (then (return (local.get $errno))))
        (local.set $sum (i32.add (local.get $sum) (i32.load offset=4 (local.get $vectors))))
        (local.set $vectors (i32.add (local.get $vectors) (i32.const 8)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (i32.store (local.get $written) (local.get $sum))
    (i32.const 0))

  (func $environ_sizes_get (param $count i32) (param $size i32) (result i32)
    (local $i i32) (local $variable i32) (local $sum i32)
    (local.set $variable (global.get $variables))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (global.get $count)))
        (local.set $sum                                      ;; and "=" and a zero byte
          (i32.add
            (i32.add (local.get $sum) (i32.const 2))
            (i32.add
              (i32.load offset=4 (local.get $variable))
              (i32.load offset=12 (local.get $variable)))))
        (local.set $variable (i32.add (local.get $variable) (i32.const 16)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (i32.store (local.get $count) (global.get $count))
    (i32.store (local.get $size) (local.get $sum))
    (i32.const 0))

  ;; Copies bytes and one more after them; returns where the copy ends.
  (func $copy (param $to i32) (param $from i32) (param $length i32) (param $last i32) (result i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $length)))
        (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $next)))
    (i32.store8 (local.get $to) (local.get $last))
    (i32.add (local.get $to) (i32.const 1)))

  (func $environ_get (param $addresses i32) (param $text i32) (result i32)
    (local $i i32) (local $variable i32)
    (local.set $variable (global.get $variables))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (global.get $count)))
        (i32.store (local.get $addresses) (local.get $text))
        (local.set $text
          (call $copy
            (local.get $text)
            (i32.load (local.get $variable))
            (i32.load offset=4 (local.get $variable))
            (i32.const 61)))
        (local.set $text
          (call $copy
            (local.get $text)
            (i32.load offset=8 (local.get $variable))
            (i32.load offset=12 (local.get $variable))
            (i32.const 0)))
        (local.set $addresses (i32.add (local.get $addresses) (i32.const 4)))
        (local.set $variable (i32.add (local.get $variable) (i32.const 16)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (i32.const 0))

  (func $args_sizes_get (param $count i32) (param $size i32) (result i32)
    (i32.store (local.get $count) (i32.const 0))
    (i32.store (local.get $size) (i32.const 0))
    (i32.const 0))

  ;; Returns 0, which is "ok".
  (func (export "run") (result i32)
    (global.set $scratch (call $realloc (i32.const 0) (i32.const 0) (i32.const 8) (i32.const 16)))
    (global.set $stdout (call $get_stdout))
    (call $get_environment (global.get $scratch))
    (global.set $variables (i32.load (global.get $scratch)))
    (global.set $count (i32.load offset=4 (global.get $scratch)))
    (call $start)
    (i32.const 0)))
