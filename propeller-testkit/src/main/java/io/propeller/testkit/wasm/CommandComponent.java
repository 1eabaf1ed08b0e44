package io.propeller.testkit.wasm;

import java.util.Map;
import java.util.TreeMap;

/**
 * Puts a command of WASI preview 1 into a component of WASI 0.2, with what lies between them: a
 * shim that the command imports, and an adapter that the shim calls.
 */
final class CommandComponent {

  private static final String VERSION = "@0.2.0";
  private static final int U8 = 0x7d;
  private static final int STRING = 0x73;

  private final ComponentWriter component = new ComponentWriter();

  private CommandComponent() {}

  /** Returns the component; all four are core modules. */
  static byte[] of(byte[] command, byte[] shim, byte[] allocator, byte[] adapter) {
    return new CommandComponent().write(command, shim, allocator, adapter);
  }

  private byte[] write(byte[] command, byte[] shim, byte[] allocator, byte[] adapter) {
    int streams = importStreams();
    int stdout = importStdout(component.typeOf(streams, "output-stream"));
    int environment = importEnvironment();

    int shims = component.instantiate(component.module(shim), Map.of());
    int program =
        component.instantiate(component.module(command), Map.of("wasi_snapshot_preview1", shims));
    int memories = component.instantiate(component.module(allocator), Map.of("command", program));
    int memory = component.memoryOf(program, "memory");
    int realloc = component.coreFunctionOf(memories, "realloc");

    Map<String, Integer> wasi = new TreeMap<>();
    wasi.put("get-stdout", component.lowered(component.functionOf(stdout, "get-stdout")));
    wasi.put(
        "get-environment",
        component.lowered(component.functionOf(environment, "get-environment"), memory, realloc));
    wasi.put(
        "write",
        component.lowered(
            component.functionOf(streams, "[method]output-stream.blocking-write-and-flush"),
            memory,
            realloc));

    Map<String, Integer> imports = new TreeMap<>();
    imports.put("command", program);
    imports.put("allocator", memories);
    imports.put("shim", shims);
    imports.put("wasi", component.bundle(wasi));
    int adapted = component.instantiate(component.module(adapter), imports);
    exportRun(component.coreFunctionOf(adapted, "run"));
    return component.toBytes();
  }

  private int importStreams() {
    InstanceType errors = new InstanceType();
    int unused = errors.resource("error");
    int error = component.typeOf(component.imported("wasi:io/error" + VERSION, errors), "error");

    InstanceType streams = new InstanceType();
    int outerError = streams.outer(error);
    int stream = streams.resource("output-stream");
    int ownError = streams.define(own(outerError));
    int streamError =
        streams.named(
            "stream-error",
            streams.define(
                new Binary()
                    .add(0x71)
                    .number(2)
                    .name("last-operation-failed")
                    .add(0x01)
                    .number(ownError)
                    .add(0x00)
                    .name("closed")
                    .add(0x00, 0x00)));
    int self = streams.define(new Binary().add(0x68).number(stream));
    int contents = streams.define(new Binary().add(0x70, U8));
    int result = streams.define(new Binary().add(0x6a, 0x00, 0x01).number(streamError));
    streams.function(
        "[method]output-stream.blocking-write-and-flush",
        streams.define(
            new Binary()
                .add(0x40)
                .number(2)
                .name("self")
                .number(self)
                .name("contents")
                .number(contents)
                .add(0x00)
                .number(result)));
    return component.imported("wasi:io/streams" + VERSION, streams);
  }

  private int importStdout(int outputStream) {
    InstanceType stdout = new InstanceType();
    int stream = stdout.define(own(stdout.outer(outputStream)));
    stdout.function("get-stdout", stdout.define(getter(stream)));
    return component.imported("wasi:cli/stdout" + VERSION, stdout);
  }

  private int importEnvironment() {
    InstanceType environment = new InstanceType();
    int variable = environment.define(new Binary().add(0x6f).number(2).add(STRING, STRING));
    int variables = environment.define(new Binary().add(0x70).number(variable));
    environment.function("get-environment", environment.define(getter(variables)));
    return component.imported("wasi:cli/environment" + VERSION, environment);
  }

  private void exportRun(int run) {
    int result = component.type(new Binary().add(0x6a, 0x00, 0x00));
    int type = component.type(getter(result));
    component.export("wasi:cli/run" + VERSION, "run", component.lifted(run, type));
  }

  private static Binary own(int resource) {
    return new Binary().add(0x69).number(resource);
  }

  /** The type of a function without parameters. */
  private static Binary getter(int result) {
    return new Binary().add(0x40).number(0).add(0x00).number(result);
  }
}
