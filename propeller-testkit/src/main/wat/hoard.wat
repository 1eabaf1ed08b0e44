;; hoard(i32): takes that many pages of memory, 64 KiB each, and traps if it does not get them
(module
  (memory 1)
  (func (export "hoard") (param $pages i32) (result i32)
    (if (i32.eq (memory.grow (local.get $pages)) (i32.const -1))
      (then unreachable))
    (memory.size)))
