package io.propeller.testkit.wasm;

import io.propeller.mqtt.message.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;

/**
 * Runs a function of a module, by interpretation, within limits. The module has no files, no
 * network and nothing of this JVM; WASI preview 1 gives it arguments, environment, output, clock
 * and random numbers. Each call starts from a new instance. Of a component it runs the command in
 * it, see {@link Component#command}.
 *
 * <p>Whatever a module does becomes a {@link WasmOutcome}. Safe for use by any number of threads; a
 * call occupies the thread that makes it, and ends early when that is interrupted.
 */
public final class WasmSandbox {

  private static final String COMMAND = "_start";
  private static final List<String> FALLBACKS = List.of("main", "run", COMMAND);

  private final WasmLimits limits;

  /** Makes a sandbox with these limits, for each call. */
  public WasmSandbox(WasmLimits limits) {
    this.limits = limits;
  }

  /** Makes the call and waits for its outcome, for little more than the limit on time. */
  public WasmOutcome run(WasmCall call) {
    return run(
        () -> parsed(call.module(), call.function()),
        call.inputs(),
        call.arguments(),
        call.environment());
  }

  /**
   * Reads a module, to be called as often as one likes.
   *
   * @param function the export to call, as in a {@link WasmCall}
   * @throws IllegalArgumentException if it does not compile or has no such function, in words
   */
  public LoadedModule load(Bytes module, String function) {
    try {
      return parsed(module, function);
    } catch (CallException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  /**
   * Calls a module that has been read, and waits for the outcome as {@link #run(WasmCall)} does.
   *
   * @param inputs the function's arguments, as text
   * @param environment the environment variables, for modules that use WASI
   */
  public WasmOutcome run(
      LoadedModule module, List<String> inputs, Map<String, String> environment) {
    return run(() -> module, inputs, List.of(), environment);
  }

  /** Says which module it is, once there is time for that. */
  private interface Source {
    LoadedModule get() throws CallException;
  }

  private WasmOutcome run(
      Source source, List<String> inputs, List<String> arguments, Map<String, String> environment) {
    try (Deadline deadline = new Deadline(limits.time())) {
      try {
        return new WasmOutcome.Completed(execute(source.get(), inputs, arguments, environment));
      } catch (WasmInterruptedException e) {
        return deadline.hasPassed()
            ? failed("the module ran longer than " + limits.time().toMillis() + " ms")
            : new WasmOutcome.Cancelled();
      } catch (WasiExitException e) {
        return failed("the module ended itself with exit code " + e.exitCode());
      } catch (CallException e) {
        return failed(e.reason());
      } catch (OutOfMemoryError | StackOverflowError e) {
        return failed("the module needs more memory than there is");
      } catch (RuntimeException e) {
        // The engine's own exceptions, and what a malformed module provokes beside them.
        return failed("the module failed: " + firstLine(e));
      }
    }
  }

  private String execute(
      LoadedModule loaded,
      List<String> inputs,
      List<String> arguments,
      Map<String, String> environment)
      throws CallException {
    String function = loaded.function();
    CappedOutput output = new CappedOutput(limits.outputBytes());
    CappedOutput errors = new CappedOutput(limits.outputBytes());
    WasiOptions.Builder options =
        WasiOptions.builder()
            .withArguments(Stream.concat(Stream.of(loaded.program()), arguments.stream()).toList())
            .withStdout(output)
            .withStderr(errors);
    environment.forEach(options::withEnvironment);
    try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options.build()).build()) {
      Instance instance = instantiate(loaded.module(), wasi);
      FunctionType type = instance.exportType(function);
      long[] values = instance.export(function).apply(Values.parse(function, type, inputs));
      if (output.exceeded() || errors.exceeded()) {
        throw new CallException("the module wrote more than " + limits.outputBytes() + " bytes");
      }
      if (function.equals(COMMAND)) {
        return errors.text().isEmpty() ? output.text() : output.text() + "\n" + errors.text();
      }
      return type.returns().isEmpty() ? "" : Values.format(type.returns().get(0), values[0]);
    }
  }

  private static LoadedModule parsed(Bytes bytes, String function) throws CallException {
    WasmModule module = parse(bytes);
    return new LoadedModule(module, function, resolve(module, function));
  }

  private static WasmModule parse(Bytes module) throws CallException {
    try {
      return Parser.parse(
          (Component.isComponent(module) ? Component.command(module) : module).toByteArray());
    } catch (RuntimeException e) {
      throw new CallException("the module does not compile: " + firstLine(e));
    }
  }

  private static String resolve(WasmModule module, String wanted) throws CallException {
    Set<String> exported = new LinkedHashSet<>();
    IntStream.range(0, module.exportSection().exportCount())
        .mapToObj(module.exportSection()::getExport)
        .filter(export -> export.exportType() == ExternalType.FUNCTION)
        .map(Export::name)
        .forEach(exported::add);
    List<String> candidates = new ArrayList<>(List.of(wanted));
    candidates.addAll(FALLBACKS);
    for (String candidate : candidates) {
      if (exported.contains(candidate)) {
        return candidate;
      }
    }
    throw new CallException(
        "the module exports no function \"%s\", nor main, run or _start; it exports %s"
            .formatted(wanted, exported.isEmpty() ? "none" : String.join(", ", exported)));
  }

  private Instance instantiate(WasmModule module, WasiPreview1 wasi) throws CallException {
    Instance.Builder builder =
        Instance.builder(module)
            .withStart(false)
            .withImportValues(ImportValues.builder().addFunction(wasi.toHostFunctions()).build());
    if (module.memorySection().isPresent() && module.memorySection().get().memoryCount() > 0) {
      MemoryLimits declared = module.memorySection().get().getMemory(0).limits();
      if (declared.initialPages() > limits.memoryPages()) {
        throw new CallException(
            "the module needs %d pages of memory, the limit is %d"
                .formatted(declared.initialPages(), limits.memoryPages()));
      }
      builder.withMemoryLimits(
          new MemoryLimits(
              declared.initialPages(), Math.min(declared.maximumPages(), limits.memoryPages())));
    }
    return builder.build();
  }

  private static WasmOutcome.Failed failed(String reason) {
    return new WasmOutcome.Failed(reason);
  }

  private static String firstLine(RuntimeException e) {
    String message = e.getMessage() == null ? "" : e.getMessage().strip();
    return message.isEmpty() ? e.getClass().getSimpleName() : message.lines().iterator().next();
  }
}
