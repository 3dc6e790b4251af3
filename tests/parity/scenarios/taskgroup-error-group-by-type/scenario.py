# rules: TG-5, TG-6: the errors of a group can be split by type, and only the matching part handled.
import asyncio


class Boom(Exception):
    pass


class Bang(Exception):
    pass


async def fail(error):
    raise error


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(Boom("one")))
            group.create_task(fail(Bang("two")))
            group.create_task(fail(Boom("three")))
    except ExceptionGroup as e:
        booms, rest = e.split(Boom)
        print("booms", *(str(error) for error in booms.exceptions))
        print("rest", *(str(error) for error in rest.exceptions))
        print("no match", e.subgroup(LookupError))


asyncio.run(main())
