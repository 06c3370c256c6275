#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "script.hpp"

#include <cmath>
#include <cstdio>
#include <memory>

namespace {

struct Release {
  void operator()(PyObject* object) const { Py_XDECREF(object); }
};
using Object = std::unique_ptr<PyObject, Release>;

class Interpreter {
public:
  Interpreter() { Py_InitializeEx(0); }  // 0: Ctrl-C ends the program as ever
  ~Interpreter() { Py_FinalizeEx(); }
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;
};

// Python has said on the error output what is wrong, with the line of the script.
Object sure(PyObject* object, const std::string& what) {
  if (object == nullptr) {
    PyErr_Print();
    throw WrongScript(what);
  }
  return Object(object);
}

class Script {
public:
  explicit Script(const std::string& path) {
    using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
    File file(std::fopen(path.c_str(), "r"), std::fclose);
    if (!file)
      throw WrongScript("cannot read " + path);
    names_ = sure(PyDict_New(), path);
    PyDict_SetItemString(names_.get(), "__builtins__", PyEval_GetBuiltins());
    sure(PyRun_File(file.get(), path.c_str(), Py_file_input, names_.get(), names_.get()), path);
  }

  PyObject* get(const char* name) const {
    PyObject* found = PyDict_GetItemString(names_.get(), name);
    if (found == nullptr)
      throw WrongScript(std::string("the script does not say `") + name + "`");
    return found;
  }

  double number(const char* name) const { return number_of(get(name), name); }

  std::int64_t count(const char* name) const {
    std::int64_t value = PyLong_AsLongLong(get(name));
    fail_if_python_did(name);
    if (value < 1)
      throw WrongScript(std::string("`") + name + "` is not above 0");
    return value;
  }

  template <std::size_t N> std::array<double, N> numbers(const char* name) const {
    return numbers_of<N>(get(name), name);
  }

  Profile profile(const char* name) const {
    PyObject* function = get(name);
    return [function, name](double x, double y) {
      Object value = sure(PyObject_CallFunction(function, "dd", x, y), name);
      return numbers_of<3>(value.get(), name);
    };
  }

private:
  static void fail_if_python_did(const char* name) {
    if (PyErr_Occurred() == nullptr)
      return;
    PyErr_Print();
    throw WrongScript(std::string("`") + name + "` is not what is asked for");
  }

  static double number_of(PyObject* value, const char* name) {
    double number = PyFloat_AsDouble(value);
    fail_if_python_did(name);
    if (!std::isfinite(number))
      throw WrongScript(std::string("`") + name + "` is not finite");
    return number;
  }

  template <std::size_t N>
  static std::array<double, N> numbers_of(PyObject* values, const char* name) {
    Object row = sure(PySequence_Fast(values, "not a row of numbers"), name);
    if (PySequence_Fast_GET_SIZE(row.get()) != Py_ssize_t(N))
      throw WrongScript(std::string("`") + name + "` has not " + std::to_string(N) + " numbers");
    std::array<double, N> found;
    for (std::size_t i = 0; i < N; i++)
      found[i] = number_of(PySequence_Fast_GET_ITEM(row.get(), Py_ssize_t(i)), name);
    return found;
  }

  Object names_;
};

Box box_of(const Script& script) {
  std::array<double, 2> size = script.numbers<2>("size"), cells = script.numbers<2>("cells");
  if (size[0] <= 0 || size[1] <= 0 || cells[0] < 1 || cells[1] < 1)
    throw WrongScript("the box has no size or no cells");
  return {size, {int(cells[0]), int(cells[1])}};
}

}  // namespace

Simulation read_script(const std::string& path) {
  Interpreter python;
  Script script(path);
  Box box = box_of(script);
  return {box,
          script.count("electrons"),
          script.number("step"),
          int(script.count("steps")),
          {script.numbers<3>("momentum"), script.number("spread")},
          Fields(box, script.profile("electric"), script.profile("magnetic"))};
}
