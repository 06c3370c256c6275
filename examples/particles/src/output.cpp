#include "output.hpp"

#include <hdf5.h>

namespace {

// An identifier of HDF5, closed at the end of its scope.
class Handle {
public:
  Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  ~Handle() {
    if (id_ >= 0)
      close_(id_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  operator hid_t() const { return id_; }

private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

// What of a dataset this process writes: `count` values from `first` on.
struct Part {
  hsize_t first, count;
};

bool write(hid_t file, const char* name, const std::vector<hsize_t>& extent, Part part,
           const std::vector<double>& values) {
  Handle untimed(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_obj_track_times(untimed, false);  // two runs write the same bytes
  Handle space(H5Screate_simple(int(extent.size()), extent.data(), nullptr), H5Sclose);
  Handle dataset(
      H5Dcreate2(file, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, untimed, H5P_DEFAULT), H5Dclose);
  Handle memory(H5Screate_simple(1, &part.count, nullptr), H5Sclose);
  if (part.count == 0) {
    H5Sselect_none(space);
    H5Sselect_none(memory);
  } else if (extent.size() == 1) {
    H5Sselect_hyperslab(space, H5S_SELECT_SET, &part.first, nullptr, &part.count, nullptr);
  }
  Handle together(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
  H5Pset_dxpl_mpio(together, H5FD_MPIO_COLLECTIVE);
  return dataset >= 0 &&
         H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory, space, together, values.data()) >= 0;
}

}  // namespace

bool write_output(const std::string& path, const Box& box, const Electrons& electrons) {
  Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_mpio(access, electrons.comm(), MPI_INFO_NULL);
  Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose);
  if (file < 0)
    return false;

  int rank;
  MPI_Comm_rank(electrons.comm(), &rank);
  Part grid{0, rank == 0 ? hsize_t(box.corners()) : 0};  // all processes know it, one writes it
  bool good = write(file, "density", {hsize_t(box.cells[1]), hsize_t(box.cells[0])}, grid,
                    electrons.charge(box).density(box));

  Part own{hsize_t(electrons.first()), hsize_t(electrons.count())};
  std::vector<hsize_t> all{hsize_t(electrons.all())};
  good = write(file, "x", all, own, electrons.x) && good;
  good = write(file, "y", all, own, electrons.y) && good;
  good = write(file, "px", all, own, electrons.px) && good;
  good = write(file, "py", all, own, electrons.py) && good;
  good = write(file, "pz", all, own, electrons.pz) && good;
  return good;
}
