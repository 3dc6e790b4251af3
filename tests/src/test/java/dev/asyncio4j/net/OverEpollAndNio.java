package dev.asyncio4j.net;

import dev.asyncio4j.net.internal.NettyTransport;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs a test, whose parameter is a {@link NettyTransport}, over the two that every machine of ours has. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(
        value = NettyTransport.class,
        names = {"EPOLL", "NIO"})
@interface OverEpollAndNio {}
