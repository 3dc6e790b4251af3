package dev.asyncio4j.tests.architecture;

import java.util.List;
import java.util.Random;

/** A violation, kept to show that {@link ApiTest} sees it. Public, or it would be none. */
@SuppressWarnings("serial")
public class PlantedApi extends Random {

    public List<Random> field = List.of();

    public void taken(Random random) {}

    public Random[] given() {
        return new Random[0];
    }

    Random hidden() {
        return this;
    }
}
