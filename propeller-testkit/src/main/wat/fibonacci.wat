;; fibonacci(i32): the number of that index, from fibonacci(0) = 0
(module
  (func (export "fibonacci") (param $n i32) (result i64)
    (local $current i64) (local $next i64) (local $sum i64)
    (local.set $next (i64.const 1))
    (block $done
      (loop $step
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $sum (i64.add (local.get $current) (local.get $next)))
        (local.set $current (local.get $next))
        (local.set $next (local.get $sum))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $step)))
    (local.get $current)))
