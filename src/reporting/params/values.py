"""Values out of a YAML file: frozen, and aware of which of them couldn't be read."""

from collections.abc import Iterator
from typing import Any, Self, get_origin

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from reporting.params.located import Oklart, Place
from reporting.units import BUILT_IN_UNITS, Unit, Units


class Values(BaseModel):
    """What a params file says: nothing but the named keys, and never changed after reading.

    Of a file with faults all is read that can be. What can't is told by `oklart`; in its place stands the default, what stood there
    if that is text, or nothing. It is there so that the rest can be checked, never to be shown or calculated with.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)
    _oklart: frozenset[int | str] = PrivateAttr(default=frozenset())

    @classmethod
    def okand(cls) -> Self:
        """One of which nothing is known."""
        made = cls.model_validate({name: Oklart() for name in cls.model_fields})
        made.marked((), frozenset(cls.model_fields))
        return made

    def oklart(self, *keys: str) -> bool:
        """Whether the value of any of the keys couldn't be read, or may be more than what was read."""
        return not self._oklart.isdisjoint(keys)

    @property
    def duger(self) -> bool:
        """Whether all that must be there could be read, here and in all that is within."""
        required = {name for name, field in type(self).model_fields.items() if field.is_required()}
        return self._oklart.isdisjoint(required) and all(item.duger for item in self._within())

    def marked(self, place: Place, keys: frozenset[int | str]) -> None:
        """Note that the values of keys couldn't be read, here or in what is at a place within; where it is no more, nothing is noted."""
        found: Any = self
        for step in place:
            if isinstance(found, Values):
                found = getattr(found, str(step), None)
            elif isinstance(found, dict):
                found = found.get(step)
            else:
                is_there = isinstance(found, tuple) and isinstance(step, int) and step < len(found)
                found = found[step] if is_there else None
        if isinstance(found, Values):
            found._oklart |= keys

    def _within(self) -> "Iterator[Values]":
        for name in type(self).model_fields:
            value = getattr(self, name)
            inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            yield from (item for item in inner if isinstance(item, Values))

    @field_validator("*", mode="wrap")
    @classmethod
    def _known_or_nothing(cls, value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
        if not isinstance(value, Oklart):
            return handler(value)
        field = cls.model_fields[str(info.field_name)]
        if not field.is_required():
            return field.get_default(call_default_factory=True)
        if field.annotation is Unit:
            return Unit(value.stod, "mängd")
        origin = get_origin(field.annotation)
        return () if origin is tuple else {} if origin is dict else value.stod


class InUnits(Values):
    """Values that name units, or are in one; aware of those that there were when the file was read."""

    _units: Units = PrivateAttr(default=BUILT_IN_UNITS)

    def model_post_init(self, context: object, /) -> None:
        """Keep the units that the file was read with."""
        self._units = context if isinstance(context, Units) else BUILT_IN_UNITS

    @property
    def units(self) -> Units:
        """The units that what was read may be in: the program's and the kommun's."""
        return self._units
