/** 訂閱: following a case by mail. Who follows what is personal data; this module alone holds it. */
export { followerCipher } from './follower-cipher.ts';
export { subscriptionRoutes } from './subscription-routes.tsx';
export { createSubscriptions, type Subscriptions } from './subscriptions.ts';
export { tellFollowers } from './tell-followers.ts';
