/** OFF: switched off by an admin, or by the hub because nothing arrives there. */
export type WebhookState = 'ON' | 'OFF';

/** Where the tenant's events are posted to. */
export type Webhook = {
  id: string;
  url: string;
  /** Null: events of every name. */
  names: string[] | null;
  description: string | null;
  state: WebhookState;
  /** What the secret follows from, by the pepper of the hub. */
  salt: string;
  /** When something last arrived there. */
  lastDeliveryAt: string | null;
  /** Since when nothing arrives; null while it does. */
  failingSince: string | null;
  createdAt: string;
};

/** DEAD: given up after a day; it can be sent again. */
export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'DEAD';

/** One event on its way to one endpoint; (`xact`, `seq`) is the event's place in the log. */
export type WebhookDelivery = {
  id: string;
  xact: string;
  seq: string;
  status: DeliveryStatus;
  attempts: number;
  /** What the receiver answered last; null where it did not. */
  responseStatus: number | null;
  lastError: string | null;
  nextAt: string | null;
  deliveredAt: string | null;
};
