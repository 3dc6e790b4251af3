module dev.asyncio4j/benchmarks

go 1.19
