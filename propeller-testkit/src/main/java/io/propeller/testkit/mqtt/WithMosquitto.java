package io.propeller.testkit.mqtt;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives JUnit tests a {@link Mosquitto}, one for all tests of the run, as a parameter of that type
 * or of type {@link BrokerServer}. Tests keep apart by channels of their own. One that kills the
 * broker must restart it, and must not run beside others.
 *
 * <p>Where there is no Mosquitto the tests are skipped and the reason says how to get it; in
 * continuous integration, which is where the environment variable {@code CI} is {@code true}, they
 * fail instead.
 *
 * <pre>{@code
 * @WithMosquitto
 * class MyWorkerTest {
 *   @Test
 *   void saysThatItIsAlive(Mosquitto broker) { … }
 * }
 * }</pre>
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MosquittoExtension.class)
public @interface WithMosquitto {}
