package io.propeller.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeBinariesTest {

  @TempDir Path home;

  @Test
  void theFolderOfTheVariableComesFirst() throws IOException {
    programs(home.resolve(".cache/propeller/kube-1.34.4-etcd-3.6.4"));
    Path assets = programs(home.resolve("assets"));

    assertThat(KubeBinaries.find(Map.of("KUBEBUILDER_ASSETS", assets.toString()), home))
        .isEqualTo(new KubeBinaries.Found(assets));
  }

  @Test
  void aFolderOfTheVariableThatLacksAProgramIsNamedWithTheProgram() {
    assertThat(KubeBinaries.find(Map.of("KUBEBUILDER_ASSETS", "/nowhere"), home))
        .asInstanceOf(type(KubeBinaries.Missing.class))
        .extracting(KubeBinaries.Missing::remedy)
        .asString()
        .contains("/nowhere", "etcd")
        .hasLineCount(1);
  }

  @Test
  void theUsersCacheIsWhereTheXdgVariableSays() throws IOException {
    Path cache = programs(home.resolve("xdg/propeller/kube-1.34.4-etcd-3.6.4"));

    assertThat(KubeBinaries.find(Map.of("XDG_CACHE_HOME", home + "/xdg"), home))
        .isEqualTo(new KubeBinaries.Found(cache));
  }

  @Test
  void withoutAVariableTheCacheOfTheHomeFolderIsUsed() throws IOException {
    Path cache = programs(home.resolve(".cache/propeller/kube-1.34.4-etcd-3.6.4"));

    assertThat(KubeBinaries.find(Map.of(), home)).isEqualTo(new KubeBinaries.Found(cache));
  }

  @Test
  void whenThereIsNothingOneLineSaysHowToGetIt() {
    assertThat(KubeBinaries.find(Map.of(), home))
        .asInstanceOf(type(KubeBinaries.Missing.class))
        .extracting(KubeBinaries.Missing::remedy)
        .asString()
        .contains("dev/kube/binaries", "KUBEBUILDER_ASSETS")
        .hasLineCount(1);
  }

  @Test
  void theCacheFolderIsTheOneThatTheBuildScriptFills() throws IOException {
    String modules = Files.readString(Path.of("../dev/kube/go.mod"));

    assertThat(modules)
        .contains("\tk8s.io/kubernetes v1.34.4\n", "\tgo.etcd.io/etcd/server/v3 v3.6.4\n");
  }

  private static Path programs(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String program : new String[] {"etcd", "kube-apiserver"}) {
      assertThat(Files.createFile(folder.resolve(program)).toFile().setExecutable(true)).isTrue();
    }
    return folder;
  }
}
