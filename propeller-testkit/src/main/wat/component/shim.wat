;; What a command imports of WASI preview 1, for a component: each function jumps through a table,
;; which the adapter fills when it is there. The command has to be there first, for its memory.
(module
  (table (export "table") 4 funcref)
  (func (export "fd_write") (param i32 i32 i32 i32) (result i32)
    (call_indirect (param i32 i32 i32 i32) (result i32)
      (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 0)))
  (func (export "environ_sizes_get") (param i32 i32) (result i32)
    (call_indirect (param i32 i32) (result i32) (local.get 0) (local.get 1) (i32.const 1)))
  (func (export "environ_get") (param i32 i32) (result i32)
    (call_indirect (param i32 i32) (result i32) (local.get 0) (local.get 1) (i32.const 2)))
  (func (export "args_sizes_get") (param i32 i32) (result i32)
    (call_indirect (param i32 i32) (result i32) (local.get 0) (local.get 1) (i32.const 3)))
  (func (export "args_get") (param i32 i32) (result i32)
    (i32.const 0)))
