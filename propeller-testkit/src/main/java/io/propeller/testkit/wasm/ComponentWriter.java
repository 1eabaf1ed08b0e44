package io.propeller.testkit.wasm;

import java.util.Map;

/**
 * A component in the binary format, one definition after the other. Each method returns the number
 * of what it defines among those of its sort. For use by one thread.
 *
 * <p>The format is that of the component model's {@code Binary.md}.
 */
final class ComponentWriter {

  private static final int ONE = 1;
  private static final int CORE_FUNCTION = 0x00;
  private static final int CORE_MEMORY = 0x02;

  private final Binary out = new Binary().add(ComponentReader.PREAMBLE);
  private int types;
  private int functions;
  private int instances;
  private int modules;
  private int coreInstances;
  private int coreFunctions;
  private int memories;

  int type(Binary definition) {
    define(7, definition);
    return types++;
  }

  /** Imports an interface. */
  int imported(String name, InstanceType type) {
    int number = type(type.toType());
    define(10, new Binary().add(0x00).name(name).add(0x05).number(number));
    return instances++;
  }

  int typeOf(int instance, String name) {
    define(6, new Binary().add(0x03, 0x00).number(instance).name(name));
    return types++;
  }

  int functionOf(int instance, String name) {
    define(6, new Binary().add(0x01, 0x00).number(instance).name(name));
    return functions++;
  }

  int module(byte[] module) {
    out.section(1, new Binary().add(module));
    return modules++;
  }

  /** Makes an instance of a core module, which imports from these instances. */
  int instantiate(int module, Map<String, Integer> imports) {
    Binary instance = new Binary().add(0x00).number(module).number(imports.size());
    imports.forEach((name, from) -> instance.name(name).add(0x12).number(from));
    define(2, instance);
    return coreInstances++;
  }

  /** Makes a core instance of core functions. */
  int bundle(Map<String, Integer> exports) {
    Binary instance = new Binary().add(0x01).number(exports.size());
    exports.forEach((name, function) -> instance.name(name).add(CORE_FUNCTION).number(function));
    define(2, instance);
    return coreInstances++;
  }

  int coreFunctionOf(int coreInstance, String name) {
    define(6, new Binary().add(0x00, CORE_FUNCTION, 0x01).number(coreInstance).name(name));
    return coreFunctions++;
  }

  int memoryOf(int coreInstance, String name) {
    define(6, new Binary().add(0x00, CORE_MEMORY, 0x01).number(coreInstance).name(name));
    return memories++;
  }

  /** Makes a core function of a function whose arguments and results are numbers. */
  int lowered(int function) {
    define(8, new Binary().add(0x01, 0x00).number(function).number(0));
    return coreFunctions++;
  }

  /** Makes a core function of a function whose arguments or results lie in a memory. */
  int lowered(int function, int memory, int realloc) {
    Binary options = new Binary().number(2).add(0x03).number(memory).add(0x04).number(realloc);
    define(8, new Binary().add(0x01, 0x00).number(function).add(options));
    return coreFunctions++;
  }

  /** Makes a function of a core function that returns a number. */
  int lifted(int coreFunction, int type) {
    define(8, new Binary().add(0x00, 0x00).number(coreFunction).number(0).number(type));
    return functions++;
  }

  /** Exports an interface with one function. */
  void export(String name, String functionName, int function) {
    define(
        5,
        new Binary().add(0x01).number(ONE).add(0x00).name(functionName).add(0x01).number(function));
    define(11, new Binary().add(0x00).name(name).add(0x05).number(instances++).add(0x00));
  }

  private void define(int section, Binary definition) {
    out.section(section, new Binary().number(ONE).add(definition));
  }

  byte[] toBytes() {
    return out.toBytes();
  }
}
