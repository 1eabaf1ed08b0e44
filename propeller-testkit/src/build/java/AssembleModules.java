import com.dylibso.chicory.wabt.Wat2Wasm;
import io.propeller.mqtt.message.Bytes;
import io.propeller.testkit.wasm.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Assembles the text of WebAssembly modules, at build time. */
public final class AssembleModules {

  private AssembleModules() {}

  /**
   * Takes the folder of {@code *.wat} files, the folder for the modules, and the names of those to
   * make components of, which are written beside them.
   */
  public static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Path.of(arguments[1]);
    for (Path source : sources(from)) {
      Path target = to.resolve(from.relativize(source).toString().replace(".wat", ".wasm"));
      Files.createDirectories(target.getParent());
      Files.write(target, Wat2Wasm.parse(Files.readString(source)));
    }
    for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
      Bytes command = Bytes.wrap(Files.readAllBytes(to.resolve(name + ".wasm")));
      Files.write(
          to.resolve(name + "_component.wasm"), Component.ofCommand(command).toByteArray());
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".wat")).sorted().toList();
    }
  }
}
