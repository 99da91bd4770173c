/** The few drawings of the widget, 24 × 24. */

import type { ComponentChildren } from "preact";
import { BUBBLE } from "../../loader/icon";

export function Icon({ children, size = 24 }: { children: ComponentChildren; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const BubbleIcon = () => (
  <Icon>
    <path fill="currentColor" stroke="none" d={BUBBLE} />
  </Icon>
);

export const DownIcon = () => (
  <Icon>
    <path d="m6 9.5 6 6 6-6" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon size={20}>
    <path d="M6 6l12 12M18 6 6 18" />
  </Icon>
);

export const SendIcon = () => (
  <Icon size={20}>
    <path d="M12 19V5.5M6 11l6-6 6 6" />
  </Icon>
);

export const ArrowDownIcon = () => (
  <Icon size={18}>
    <path d="M12 5v13.5M18 13l-6 6-6-6" />
  </Icon>
);

export const ClockIcon = () => (
  <Icon size={13}>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7v5l3 2" />
  </Icon>
);

export const TickIcon = ({ twice }: { twice: boolean | undefined }) => (
  <Icon size={15}>
    <path d={twice ? "m1 12.5 5 5 10-11M12.5 17l.5.5 10-11" : "m4.5 12.5 5 5 10-11"} />
  </Icon>
);

export const AlertIcon = () => (
  <Icon size={14}>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5v5M12 16.2v.1" />
  </Icon>
);
