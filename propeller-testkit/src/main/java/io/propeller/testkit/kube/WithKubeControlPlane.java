package io.propeller.testkit.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives JUnit tests a real API server, one for all tests of the run, started when the first of them
 * begins.
 *
 * <p>Parameters of tests and of their life-cycle methods may be
 *
 * <ul>
 *   <li>a {@code KubernetesClient} with all rights, whose default namespace is one that no other
 *       test has; it is closed after the test,
 *   <li>the {@link KubeControlPlane}, also as {@link ApiServer}. A test that kills it must restart
 *       it, and must not run beside others.
 * </ul>
 *
 * <p>A constructor or a {@code @BeforeAll} method gets a namespace for the class.
 *
 * <p>Where {@link KubeBinaries#find()} finds no programs the tests are skipped and the reason says
 * how to get them; in continuous integration, which is where the environment variable {@code CI} is
 * {@code true}, they fail instead.
 *
 * <pre>{@code
 * @WithKubeControlPlane
 * class MyOperatorIT {
 *   @Test
 *   void createsADeployment(KubernetesClient client) { … }
 * }
 * }</pre>
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(KubeControlPlaneExtension.class)
public @interface WithKubeControlPlane {

  /** Custom resources to install before the tests, as {@link ApiServer#install} does. */
  Class<? extends HasMetadata>[] install() default {};
}
