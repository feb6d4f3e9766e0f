// Behaviour the server can't do. Every action works without it, by plain forms and links.

import * as access from './access.js';
import * as actions from './actions.js';
import * as chart from './chart.js';
import * as live from './live.js';
import * as products from './products.js';
import * as upload from './upload.js';

access.start();
actions.start();
chart.start();
products.start();
upload.start();
live.start();
