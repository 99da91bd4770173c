/** The drawings that come soon, 24 × 24. */

import { Icon } from "./icons";

export const BellIcon = () => (
  <Icon size={18}>
    <path d="M6 9a6 6 0 0 1 12 0c0 6 2 7 2 7H4s2-1 2-7M10 20a2.2 2.2 0 0 0 4 0" />
  </Icon>
);

export const BellOffIcon = () => (
  <Icon size={18}>
    <path d="M9 4a6 6 0 0 1 9 5c0 2 .3 3.5.7 4.6M16 16H4s2-1 2-7a6 6 0 0 1 .3-2M10 20a2.2 2.2 0 0 0 4 0M3 3l18 18" />
  </Icon>
);

export const MoreIcon = () => (
  <Icon size={20}>
    <path stroke-width="3" d="M5 12h.01M12 12h.01M19 12h.01" />
  </Icon>
);
