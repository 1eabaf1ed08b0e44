package io.propeller.testkit.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives JUnit tests an API server inside this JVM, one for all tests of the run.
 *
 * <p>Parameters of tests and of their life-cycle methods may be a {@code KubernetesClient}, whose
 * default namespace is one that no other test has and which is closed after the test, and the
 * {@link EmbeddedApiServer}, also as {@link ApiServer}. A constructor or a {@code @BeforeAll}
 * method gets a namespace for the class.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(EmbeddedApiServerExtension.class)
public @interface WithEmbeddedApiServer {

  /** Custom resources to install before the tests, as {@link ApiServer#install} does. */
  Class<? extends HasMetadata>[] install() default {};
}
