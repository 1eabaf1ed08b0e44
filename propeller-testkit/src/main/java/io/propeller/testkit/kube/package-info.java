/**
 * API servers to test an operator with.
 *
 * <p>{@link io.propeller.testkit.kube.ApiServer} is what a test sees. {@link
 * io.propeller.testkit.kube.EmbeddedApiServer} starts at once and needs nothing; {@link
 * io.propeller.testkit.kube.KubeControlPlane} is the real thing, a kube-apiserver on etcd that can
 * be killed and restarted. In a JUnit test, begin with {@link
 * io.propeller.testkit.kube.WithKubeControlPlane}.
 */
@NullMarked
package io.propeller.testkit.kube;

import org.jspecify.annotations.NullMarked;
