package io.propeller.mqtt.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/** How the builders of the messages are generated. */
@Value.Style(overshadowImplementation = true, allowedClasspathAnnotations = Override.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface Values {}
