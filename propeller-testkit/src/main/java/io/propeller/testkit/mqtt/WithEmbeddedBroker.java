package io.propeller.testkit.mqtt;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives JUnit tests a {@link EmbeddedBroker}, one for all tests of the run, as a parameter of that
 * type or of type {@link BrokerServer}. Tests keep apart by channels of their own. One that kills
 * the broker must restart it, and must not run beside others.
 *
 * <pre>{@code
 * @WithEmbeddedBroker
 * class MyWorkerTest {
 *   @Test
 *   void saysThatItIsAlive(EmbeddedBroker broker) { … }
 * }
 * }</pre>
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(EmbeddedBrokerExtension.class)
public @interface WithEmbeddedBroker {}
