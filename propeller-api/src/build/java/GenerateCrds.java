import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

public class GenerateCrds {
  public static void main(String[] args) throws Exception {
    File out = new File(args[0], "META-INF/fabric8");
    out.mkdirs();
    List<Class<? extends HasMetadata>> kinds = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      kinds.add(Class.forName(args[i]).asSubclass(HasMetadata.class));
    }
    new CRDGenerator().inOutputDir(out).forCRDVersions("v1").customResourceClasses(kinds).detailedGenerate();
  }
}
