package io.propeller.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The dependency rule of the modules, over all of them. */
@AnalyzeClasses(packages = "io.propeller", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {

  private static final List<String> MODULES =
      List.of(
          "io.propeller.api..",
          "io.propeller.scheduler..",
          "io.propeller.mqtt..",
          "io.propeller.fl..",
          "io.propeller.testkit..",
          "io.propeller.operator..");

  /** Plays many workers on one connection, which a worker's end of a channel is not made for. */
  private static final String ONE_LINE_FOR_MANY = "io.propeller.testkit.proplet.SimulatedProplets";

  @ArchTest
  static final ArchRule the_api_depends_on_no_other_module =
      dependsOnlyOnModules("io.propeller.api..");

  @ArchTest
  static final ArchRule the_scheduler_depends_on_no_other_module =
      dependsOnlyOnModules("io.propeller.scheduler..");

  @ArchTest
  static final ArchRule mqtt_depends_on_no_other_module =
      dependsOnlyOnModules("io.propeller.mqtt..");

  @ArchTest
  static final ArchRule the_fl_aggregator_depends_on_no_other_module =
      dependsOnlyOnModules("io.propeller.fl..");

  @ArchTest
  static final ArchRule the_testkit_does_not_know_the_operator =
      dependsOnlyOnModules(
          "io.propeller.testkit..",
          "io.propeller.api..",
          "io.propeller.scheduler..",
          "io.propeller.mqtt..",
          "io.propeller.fl..");

  @ArchTest
  static final ArchRule the_kernels_do_not_know_Kubernetes =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.propeller.scheduler..", "io.propeller.mqtt..", "io.propeller.fl..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "org.slf4j..");

  @ArchTest
  static final ArchRule the_api_knows_the_model_and_no_client =
      noClasses()
          .that()
          .resideInAPackage("io.propeller.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8.kubernetes.client.dsl..",
              "io.fabric8.kubernetes.client.http..",
              "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule only_propeller_mqtt_holds_an_MQTT_client =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.propeller.mqtt..", "io.propeller.benchmarks..")
          .and(describe("no exemption", type -> !type.getName().startsWith(ONE_LINE_FOR_MANY)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.hivemq.client..");

  @ArchTest
  static final ArchRule internal_packages_are_nobody_elses =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage("io.propeller..internal..")
          .should(beUsedOnlyInItsOwnModule());

  @ArchTest
  static final ArchRule time_is_passed_in =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.ZonedDateTime.class, "now")
          .orShould()
          .callMethod(java.time.LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("a clock that is passed in can be set by a test");

  @ArchTest
  static final ArchRule randomness_is_passed_in =
      noClasses()
          .should()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(java.util.Random.class)
          .orShould()
          .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
          .because("what is decided by chance must be repeatable");

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      ArchRuleDefinition.classes()
          .should(
              new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(type, marked, type.getPackageName() + " is not"));
                }
              });

  private static ArchRule dependsOnlyOnModules(String own, String... others) {
    DescribedPredicate<JavaClass> allowed = resideInAnyPackage(others).or(resideInAPackage(own));
    DescribedPredicate<JavaClass> module =
        resideInAnyPackage(MODULES.toArray(String[]::new)).and(DescribedPredicate.not(allowed));
    return noClasses().that().resideInAPackage(own).should().dependOnClassesThat(module);
  }

  private static ArchCondition<JavaClass> beUsedOnlyInItsOwnModule() {
    return new ArchCondition<>("be used only in its own module") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesToSelf().stream()
            .filter(dependency -> !module(dependency.getOriginClass()).equals(module(type)))
            .forEach(
                dependency ->
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
      }
    };
  }

  private static String module(JavaClass type) {
    String name = type.getPackageName().replaceFirst("^io\\.propeller\\.", "");
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
