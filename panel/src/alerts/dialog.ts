/** Whether the operator is choosing how to be alerted. */

import { create } from "zustand";

export const useAlertsDialog = create<{ open: boolean }>(() => ({ open: false }));

export const openAlerts = () => useAlertsDialog.setState({ open: true });

export const closeAlerts = () => useAlertsDialog.setState({ open: false });
