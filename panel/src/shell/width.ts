/** The widths at which the layout changes. */

import { useMediaQuery } from "@mantine/hooks";

const now = { getInitialValueInEffect: false };

/** One pane at a time. */
export const useNarrow = () => useMediaQuery("(max-width: 767px)", false, now);

/** Room for the details beside the conversation. */
export const useWide = () => useMediaQuery("(min-width: 1200px)", true, now);
