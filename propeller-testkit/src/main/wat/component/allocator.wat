;; Memory for what the host hands over: pages of its own at the end of the command's, never freed.
(module
  (import "command" "memory" (memory 0))
  (global $free (mut i32) (i32.const 0))
  (global $limit (mut i32) (i32.const 0))
  (func (export "realloc")
    (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
    (local $page i32) (local $block i32)
    (local.set $block (i32.and (i32.add (global.get $free) (i32.const 7)) (i32.const -8)))
    (if (i32.gt_u (i32.add (local.get $block) (local.get $size)) (global.get $limit))
      (then
        (local.set $page
          (memory.grow
            (i32.add (i32.shr_u (local.get $size) (i32.const 16)) (i32.const 1))))
        (if (i32.eq (local.get $page) (i32.const -1))
          (then unreachable))
        (local.set $block (i32.shl (local.get $page) (i32.const 16)))
        (global.set $limit (i32.shl (memory.size) (i32.const 16)))))
    (global.set $free (i32.add (local.get $block) (local.get $size)))
    (local.get $block)))
