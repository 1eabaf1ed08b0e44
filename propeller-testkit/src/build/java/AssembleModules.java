import com.dylibso.chicory.wabt.Wat2Wasm;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Assembles the text of WebAssembly modules, at build time. */
public final class AssembleModules {

  private AssembleModules() {}

  /** Takes the folder of {@code *.wat} files and the folder for the modules. */
  public static void main(String[] folders) throws IOException {
    Path target = Files.createDirectories(Path.of(folders[1]));
    try (DirectoryStream<Path> sources = Files.newDirectoryStream(Path.of(folders[0]), "*.wat")) {
      for (Path source : sources) {
        String name = source.getFileName().toString().replace(".wat", ".wasm");
        Files.write(target.resolve(name), Wat2Wasm.parse(Files.readString(source)));
      }
    }
  }
}
