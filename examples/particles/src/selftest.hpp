#pragma once

// What is known of electrons in simple fields without a computer. True where all of it came out.
bool selftest();
