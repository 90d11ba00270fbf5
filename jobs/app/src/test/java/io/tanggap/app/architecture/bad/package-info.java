/**
 * Classes that each break one rule of the house, in packages laid out like the product's: they prove that the rule can
 * fail. Nothing uses them.
 */
package io.tanggap.app.architecture.bad;
