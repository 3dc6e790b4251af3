package dev.asyncio4j.tck;

import org.testng.annotations.Listeners;

/** As {@link IteratingSubscriberTest}, asking for each item when the one before has been taken. */
@Listeners(Kit.class)
public class OneByOneSubscriberTest extends IteratingSubscriberTest {

    public OneByOneSubscriberTest() {
        super(1);
    }
}
