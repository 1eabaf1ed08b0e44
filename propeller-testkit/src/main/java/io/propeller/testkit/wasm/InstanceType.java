package io.propeller.testkit.wasm;

/**
 * What an interface has in it, in the binary format of components; the types in it are numbered
 * from 0. For use by one thread.
 */
final class InstanceType {

  private final Binary declarations = new Binary();
  private int count;
  private int types;

  /** Takes over a type of the component around it. */
  int outer(int type) {
    declare(new Binary().add(0x02, 0x03, 0x02, 0x01).number(type));
    return types++;
  }

  int define(Binary type) {
    declare(new Binary().add(0x01).add(type));
    return types++;
  }

  int resource(String name) {
    declare(export(name).add(0x03, 0x01));
    return types++;
  }

  /** Gives a type a name, under which it has a number of its own. */
  int named(String name, int type) {
    declare(export(name).add(0x03, 0x00).number(type));
    return types++;
  }

  void function(String name, int type) {
    declare(export(name).add(0x01).number(type));
  }

  private static Binary export(String name) {
    return new Binary().add(0x04, 0x00).name(name);
  }

  private void declare(Binary declaration) {
    declarations.add(declaration);
    count++;
  }

  Binary toType() {
    return new Binary().add(0x42).number(count).add(declarations);
  }
}
