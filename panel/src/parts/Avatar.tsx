/** A face made of initials, in a colour that stays with the person. */

import { memo } from "react";
import css from "./Avatar.module.css";
import { hueOf, initials } from "./person";

interface Props {
  id: string;
  name: string;
  size?: number;
}

export const Avatar = memo(function Avatar({ id, name, size = 40 }: Props) {
  const style = { "--size": `${size}px`, "--hue": hueOf(id) } as React.CSSProperties;
  return (
    <span className={css.avatar} style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
});
