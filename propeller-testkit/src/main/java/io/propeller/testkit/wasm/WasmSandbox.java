package io.propeller.testkit.wasm;

import io.propeller.mqtt.message.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
    try (Deadline deadline = new Deadline(limits.time())) {
      try {
        return new WasmOutcome.Completed(execute(call));
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

  private String execute(WasmCall call) throws CallException {
    WasmModule module = parse(call);
    String function = resolve(module, call.function());
    CappedOutput output = new CappedOutput(limits.outputBytes());
    CappedOutput errors = new CappedOutput(limits.outputBytes());
    try (WasiPreview1 wasi =
        WasiPreview1.builder().withOptions(options(call, output, errors)).build()) {
      Instance instance = instantiate(module, wasi);
      FunctionType type = instance.exportType(function);
      long[] values = instance.export(function).apply(Values.parse(function, type, call.inputs()));
      if (output.exceeded() || errors.exceeded()) {
        throw new CallException("the module wrote more than " + limits.outputBytes() + " bytes");
      }
      if (function.equals(COMMAND)) {
        return errors.text().isEmpty() ? output.text() : output.text() + "\n" + errors.text();
      }
      return type.returns().isEmpty() ? "" : Values.format(type.returns().get(0), values[0]);
    }
  }

  private static WasmModule parse(WasmCall call) throws CallException {
    try {
      Bytes module = call.module();
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

  private static WasiOptions options(WasmCall call, CappedOutput output, CappedOutput errors) {
    List<String> arguments = new ArrayList<>(List.of(call.function()));
    arguments.addAll(call.arguments());
    WasiOptions.Builder options =
        WasiOptions.builder().withArguments(arguments).withStdout(output).withStderr(errors);
    call.environment().forEach(options::withEnvironment);
    return options.build();
  }

  private static WasmOutcome.Failed failed(String reason) {
    return new WasmOutcome.Failed(reason);
  }

  private static String firstLine(RuntimeException e) {
    String message = e.getMessage() == null ? "" : e.getMessage().strip();
    return message.isEmpty() ? e.getClass().getSimpleName() : message.lines().iterator().next();
  }
}
