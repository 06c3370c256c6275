#include <Python.h>

static PyObject *mean(PyObject *self, PyObject *list) {
  Py_ssize_t count = PyList_Size(list);
  double sum = 0;
  if (count < 1) return PyErr_Format(PyExc_ValueError, "no list of numbers, of %s", __FILE__);
  for (Py_ssize_t at = 0; at < count; at++) sum += PyFloat_AsDouble(PyList_GetItem(list, at));
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum / count);
}

static PyMethodDef methods[] = {{"mean", mean, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_mean", NULL, -1, methods};
PyMODINIT_FUNC PyInit__mean(void) { return PyModule_Create(&module); }
