/** A person's photo in a disc; their initials as long as there is none. */

import type { Widget } from "../widget";

interface Props {
  widget: Widget;
  id: string | undefined;
  name: string;
  small?: boolean;
}

export function Avatar({ widget, id, name, small }: Props) {
  const operator = widget.operator.value;
  const photo = operator?.id === id && operator?.photo;
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
  return (
    <span class={small ? "avatar avatar-small" : "avatar"} aria-hidden="true">
      {initials}
      {photo && (
        <img
          key={photo}
          src={`${widget.api}/..${photo}`}
          alt=""
          onError={({ currentTarget }) => currentTarget.remove()}
        />
      )}
    </span>
  );
}
