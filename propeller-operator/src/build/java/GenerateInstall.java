import io.propeller.api.v1.Crds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts together what {@code kubectl apply} installs, at build time. */
public final class GenerateInstall {

  private GenerateInstall() {}

  /** Takes the folder of the parts, the file to write, and the version of the images. */
  public static void main(String[] arguments) throws IOException {
    Path parts = Path.of(arguments[0]);
    Files.writeString(
        Path.of(arguments[1]),
        Files.readString(parts.resolve("settings.yaml"))
            + Crds.yaml().replace("---\n---\n", "---\n")
            + "---\n"
            + Files.readString(parts.resolve("rights.yaml"))
            + "---\n"
            + Files.readString(parts.resolve("operator.yaml"))
                .replace("${version}", arguments[2]));
  }
}
